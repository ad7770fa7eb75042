import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bootstrapAccounts } from '@onerouter/accounts';
import { errorResponder, unknownRoute } from '@onerouter/core';
import { onerouter, wantsWebsocket, type OneRouter } from '@onerouter/gateway';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { addressOf, localAddress } from './address.ts';
import { announcement } from './announce.ts';
import { catalogueConfig, wantsDemo } from './catalogue-config.ts';
import type { Environment } from './config/environment.ts';
import { loadConfig, type AppConfig } from './config/load-config.ts';
import type { ConfigFile } from './config/schema.ts';
import type { Demo } from './demo/start-demo.ts';
import { gatewayOptions } from './gateway-options.ts';
import { pages } from './people/pages.ts';
import { peopleParts, type PeopleParts } from './people/people-options.ts';
import { reloader } from './reload.ts';
import { openStore } from './store/app-store.ts';
import { watchForChanges } from './watch-file.ts';

/** Idle connections are kept longer than load balancers keep theirs, so that none is closed under a new request. */
const KEEP_ALIVE_MS = 65_000;
/** How long the last bytes of settled answers may take to leave. */
const FLUSH_MS = 5_000;

export interface StartOptions {
  /** Variables that name the configuration, override it, and hold keys. */
  readonly env: Environment;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly log: Logger;
  /** Takes the text that is for people. */
  readonly print: (text: string) => void;
}

/** The app, as it runs. */
export interface RunningApp {
  /** `http://HOST:PORT`. */
  readonly address: string;
  /** How long `close` lets running exchanges go on. */
  readonly drainMs: number;
  /** Reads the configuration again. One that cannot be used is logged and refused; the old one stays. */
  reload(): void;
  /** Refuses new exchanges, lets the running ones finish, settles everything, closes the store. */
  close(): Promise<void>;
}

/**
 * Starts the app, and prints where it is once it answers.
 *
 * @throws {ConfigError} when the configuration cannot be used
 * @throws {Error} when the port is taken or the database cannot be opened
 */
export async function startApp(options: StartOptions): Promise<RunningApp> {
  const { env, cwd, log, print } = options;
  const config = loadConfig(env, cwd);
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.toReversed()) await close();
  };
  try {
    const demo = await demoIfWanted(config, env);
    if (demo) closers.push(() => demo.stop());
    const catalogue = demo?.catalogue ?? catalogueConfig(config.sections, env);
    const store = await openStore(config, log);
    closers.push(() => store.close());
    const accounts = [...(demo ? [demo.account] : []), ...(config.sections.bootstrap?.accounts ?? [])];
    await store.begin(() =>
      bootstrapAccounts({ accounts: store.accounts, ledger: store.ledger, config: { accounts }, log }),
    );
    const people = await peopleParts(config.sections, store, log);
    const gateway = onerouter(gatewayOptions(config.sections, catalogue, store, people?.options, log));
    const server = createServer(
      // Some HTTP clients offer to upgrade to HTTP/2 with every request; those are answered as they are.
      { shouldUpgradeCallback: wantsWebsocket },
      buildApp(config.sections, gateway, people, demo, log),
    );
    server.on('upgrade', gateway.upgrade);
    await listen(server, config);
    const { port } = server.address() as AddressInfo;
    const address = addressOf(config.host, port);
    closers.push(() => closeServer(server));
    closers.push(() => gateway.drain(config.sections.limits.drainMs));
    const reload = reloader({ env, cwd, started: config, gateway, demo: demo !== undefined, log });
    if (config.file !== undefined) closers.push(watchForChanges(config.file, reload));
    print(
      announcement({
        address,
        localAddress: localAddress(config.host, port),
        demoKeys: demo?.keys,
        pages: people !== undefined,
        providers: gateway.catalogue.providers().map((provider) => provider.displayName),
        models: gateway.catalogue.list().length,
        accounts: accounts.length,
      }),
    );
    return { address, drainMs: config.sections.limits.drainMs, reload, close: closeAll };
  } catch (err) {
    await closeAll();
    throw err;
  }
}

/** The demo's code, and the package it is made of, are loaded for the demo only. */
async function demoIfWanted(config: AppConfig, env: Environment): Promise<Demo | undefined> {
  if (!wantsDemo(config.sections, env)) return undefined;
  const { startDemo } = await import('./demo/start-demo.ts');
  return startDemo(config.storePath);
}

function buildApp(
  sections: ConfigFile,
  gateway: OneRouter,
  people: PeopleParts | undefined,
  demo: Demo | undefined,
  log: Logger,
): Express {
  const app = express();
  app.disable('x-powered-by');
  if (sections.listen.trustProxy !== undefined) app.set('trust proxy', sections.listen.trustProxy);
  app.use(['/v1', '/api/v1'], gateway);
  app.use(gateway.operations);
  if (people?.stripe) app.use(people.stripe.webhook);
  if (people) app.use(pages(sections, demo));
  app.use(unknownRoute());
  app.use(errorResponder({ log }));
  return app;
}

async function listen(server: Server, config: AppConfig): Promise<void> {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * Stops listening and lets the answers that are on their way leave: an exchange is settled a moment before its last bytes
 * are written.
 */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const limit = setTimeout(() => server.closeAllConnections(), FLUSH_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(limit);
}
