import { readFileSync } from 'node:fs';
import type { Catalogue } from '@onerouter/models';
import { Router, type Request } from 'express';
import helmet from 'helmet';
import { offers } from './offers.ts';
import { startPage } from './start-page.ts';

export interface PageOptions {
  /** Read anew for each visit, so that a reload shows at once. */
  readonly catalogue: Catalogue;
  /** Used where the visitor's own Host header cannot be. */
  readonly address: () => string;
  readonly demoKeyFile: string | undefined;
}

/** The start page and its style, behind a policy that lets it load nothing else. */
export function pageRoutes(options: PageOptions): Router {
  const { catalogue, address, demoKeyFile } = options;
  const style = readFileSync(new URL('./style.css', import.meta.url));
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });
  const router = Router();
  router.get('/', protect, function showStartPage(req, res) {
    const models = catalogue.list();
    const page = startPage({
      address: visitedAddress(req) ?? address(),
      offers: offers(models),
      example: models.find((model) => model.outputModalities.includes('text'))?.id ?? 'author/model',
      providers: catalogue.providers().map((provider) => provider.displayName),
      demoKeyFile,
    });
    res.set('Cache-Control', 'no-cache').type('html').send(page);
  });
  router.get('/start.css', protect, function showStyle(_req, res) {
    res.set('Cache-Control', 'max-age=300').type('css').send(style);
  });
  return router;
}

/** Where the visitor came to, which behind a reverse proxy is not where the app listens. */
function visitedAddress(req: Request): string | undefined {
  const host = req.get('host');
  return host !== undefined && /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host)
    ? `${req.protocol}://${host}`
    : undefined;
}
