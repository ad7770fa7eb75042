import { buildPages } from '../../../packages/dashboard/scripts/build-pages.ts';
import { dashboard, type DashboardOptions } from '@onerouter/dashboard';
import { errorResponder } from '@onerouter/core';
import { Router, type RequestHandler } from 'express';
import { KEYS, model, openGateway, type GatewayServer } from '../../support/gateway.ts';
import { FakePeople } from './fake-people.ts';

/** The pages before a real gateway with a store; only who is signed in is made up. */
export interface PagesServer extends GatewayServer {
  readonly people: FakePeople;
}

export interface PagesServerOptions {
  readonly dashboard?: DashboardOptions;
  /** @default "10" */
  readonly creditsUsd?: string;
  /** Mounted before everything, to make a route fail or to stand in for one. */
  readonly before?: RequestHandler;
}

/** Some models of two providers of ours, and what is known of the presets' ones: hundreds. */
export async function openPages(options: PagesServerOptions = {}): Promise<PagesServer> {
  await buildPages();
  const people = new FakePeople();
  people.add('ann@example.com', 'correct horse', 'user');
  const server = await openGateway({
    creditsUsd: options.creditsUsd ?? '10',
    providers: { alpha: {}, beta: {}, openai: {}, mistral: {}, groq: {} },
    models: [
      model('acme/writer-1', [{ provider: 'alpha', discount: 0.2 }, { provider: 'beta' }], {
        name: 'Writer 1',
        aliases: ['scribe'],
        description: 'Writes what it is asked to.',
      }),
      model('acme/painter-1', [{ provider: 'beta', free: true }], {
        name: 'Painter 1',
        outputModalities: ['text', 'image'],
      }),
    ],
    before: (app) => {
      if (options.before) app.use(options.before);
      app.use('/api/v1', withKeyOfSession(people), fallThrough(people.routes()));
      app.use(dashboard(options.dashboard));
      app.use(errorResponder());
    },
  });
  return { ...server, people };
}

/** What the session may do, the account's own keys may do here. */
function withKeyOfSession(people: FakePeople): RequestHandler {
  return function withKeyOfSession(req, _res, next) {
    if (req.headers.authorization === undefined && (req.get('cookie') ?? '').includes('fake_session=')) {
      people.who(req);
      const key = /^\/(keys|credits|activity)\b/.test(req.path) ? KEYS.management : KEYS.key;
      req.headers.authorization = `Bearer ${key}`;
    }
    next();
  };
}

/** The gateway reads bodies itself, so the made-up routes may parse only their own. */
function fallThrough(routes: Router): RequestHandler {
  return function fallThrough(req, res, next) {
    if (/^\/(auth|account)\b/.test(req.path)) routes(req, res, next);
    else next();
  };
}
