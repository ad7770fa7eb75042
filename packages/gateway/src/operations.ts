import { Router } from 'express';
import type { RunningExchanges } from '@onerouter/core';
import type { Metrics } from './metrics.ts';
import type { Store } from './store.ts';

export interface OperationsOptions {
  readonly store: Store;
  readonly running: RunningExchanges;
  readonly metrics: Metrics;
  /** The API description, as JSON text. */
  readonly openapi: () => string;
}

/** Routes for whoever runs the gateway: `/health/live`, `/health/ready`, `/metrics`, `/openapi.json`. */
export function operations(options: OperationsOptions): Router {
  const { store, running, metrics, openapi } = options;
  const router = Router();
  router.get('/health/live', (_req, res) => {
    res.json({ status: 'live' });
  });
  router.get('/health/ready', async (_req, res) => {
    const problem = running.draining ? 'draining' : await unready(store);
    if (problem === undefined) res.json({ status: 'ready', running: running.count });
    else res.status(503).json({ status: 'unready', reason: problem });
  });
  router.get('/metrics', async (_req, res) => {
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  router.get('/openapi.json', (_req, res) => {
    res.type('application/json').send(openapi());
  });
  return router;
}

/** Says no more than that the store is away: its own error can name hosts and paths. */
async function unready(store: Store): Promise<string | undefined> {
  const ready = await store.ready().catch(() => false);
  return ready ? undefined : 'store';
}
