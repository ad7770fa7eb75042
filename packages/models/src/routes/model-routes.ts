import { Router, type Request, type Response } from 'express';
import type { Endpoint, Model, PerRequest } from '@onerouter/core';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { unknownModel } from '../resolve/errors.ts';
import { NO_HEALTH_DATA, type HealthView } from '../resolve/health.ts';
import { nearNames } from '../resolve/near-names.ts';
import { principalAllowsTraining } from '../resolve/resolve-model.ts';
import { findWish } from '../resolve/variants.ts';
import { fixAnswer, writeListing, type FixedAnswer, type Listing } from './listing.ts';
import { sendFixed, sendList } from './send.ts';
import { narrow } from './narrow.ts';
import { perVersion } from './per-version.ts';
import { readListQuery } from './query.ts';
import { NO_STATS, type StatsView } from './stats.ts';
import { writeEndpoints } from './wire-endpoint.ts';
import { writeModel } from './wire-model.ts';
import { writeProvider } from './wire-provider.ts';

export interface ModelRoutesOptions {
  readonly catalogue: Catalogue;
  /** What is known of the endpoints' health, for `status` and for sorting. @default NO_HEALTH_DATA */
  readonly health?: HealthView | undefined;
  /** Figures of the endpoint page. @default NO_STATS */
  readonly stats?: StatsView | undefined;
  /**
   * Whether the caller's prompts may go to providers that train on them; decides what `/models/user` lists.
   * @default the principal's privacy toggle; `false` where there is no principal
   */
  readonly allowTraining?: PerRequest<boolean> | undefined;
}

/**
 * `GET /models`, `/models/count`, `/models/user`, `/models/{author}/{slug}` (also `/model/…`, and by alias),
 * `/models/{author}/{slug}/endpoints`, `/embeddings/models` and `/providers`. Lists are written once for each version of the catalogue.
 *
 * Its routes raise a {@link GatewayError}: `not_found` 404 with near names, `invalid_request` 400 for a bad query.
 */
export function modelRoutes(options: ModelRoutesOptions): Router {
  const { catalogue, health = NO_HEALTH_DATA, stats = NO_STATS } = options;
  const { allowTraining = principalAllowsTraining } = options;
  const everyone = perVersion(catalogue, () => writeListing(catalogue.list(), () => true));
  const privately = perVersion(catalogue, () => writeListing(catalogue.list(), keepsPromptsPrivate));
  const providers = perVersion(catalogue, () => writeProviders(catalogue));
  const embedding = perVersion(catalogue, () =>
    writeListing(catalogue.list().filter(makesEmbeddings), () => true),
  );
  const suggest = nearNames(catalogue);
  const find = (name: string): Model => {
    const wish = findWish(catalogue, name);
    if (!wish) throw unknownModel([name], suggest(name));
    return wish.model;
  };
  const list = (req: Request, res: Response, listing: Listing): void => sendList(req, res, listing, health);
  const retrieve = (res: Response, name: string): void => {
    const model = find(name);
    const fields = writeModel(model, model.endpoints);
    // OpenAI's clients read the fields at the root, OpenRouter's below `data`.
    res.json({ ...fields, data: fields });
  };
  const endpoints = (res: Response, name: string): void => {
    res.json({ data: writeEndpoints(find(name), { health, stats }) });
  };

  const router = Router();
  router.get('/models', (req, res) => list(req, res, everyone()));
  router.get('/models/count', (req, res) => {
    res.json({ data: { count: narrow(everyone().models, readListQuery(req.query)).length } });
  });
  router.get('/models/user', (req, res) => {
    const allowed = typeof allowTraining === 'function' ? allowTraining(req, res) : allowTraining;
    list(req, res, allowed ? everyone() : privately());
  });
  router.get('/embeddings/models', (req, res) => list(req, res, embedding()));
  router.get('/models/:slug/endpoints', (req, res) => endpoints(res, req.params.slug));
  router.get('/models/:author/:slug/endpoints', (req, res) =>
    endpoints(res, `${req.params.author}/${req.params.slug}`),
  );
  router.get('/models/:slug', (req, res) => retrieve(res, req.params.slug));
  router.get('/model/:slug', (req, res) => retrieve(res, req.params.slug));
  router.get('/models/:author/:slug', (req, res) => retrieve(res, `${req.params.author}/${req.params.slug}`));
  router.get('/model/:author/:slug', (req, res) => retrieve(res, `${req.params.author}/${req.params.slug}`));
  router.get('/providers', (_req, res) => sendFixed(res, providers()));
  return router;
}

function makesEmbeddings(model: Model): boolean {
  return model.outputModalities.includes('embeddings');
}

function keepsPromptsPrivate(endpoint: Endpoint): boolean {
  return !endpoint.provider.trainsOnPrompts;
}

function writeProviders(catalogue: Catalogue): FixedAnswer {
  return fixAnswer(JSON.stringify({ data: catalogue.providers().map(writeProvider) }));
}
