import { isDeepStrictEqual } from 'node:util';
import type { OneRouter } from '@onerouter/gateway';
import type { Logger } from 'pino';
import { catalogueConfig, wantsDemo } from './catalogue-config.ts';
import type { Environment } from './config/environment.ts';
import { loadConfig, type AppConfig } from './config/load-config.ts';

export interface ReloaderOptions {
  readonly env: Environment;
  readonly cwd: string;
  /** What the app was started with. */
  readonly started: AppConfig;
  readonly gateway: Pick<OneRouter, 'reload' | 'catalogue'>;
  /** Whether the app was started as the demo, whose providers are not in the file. */
  readonly demo: boolean;
  readonly log: Logger;
}

/** Parts that are read once, at the start. */
const FIXED = [
  'listen',
  'store',
  'routing',
  'billing',
  'cache',
  'limits',
  'pages',
  'signIn',
  'mail',
  'alerts',
  'bootstrap',
] as const;

/**
 * Makes the function that reads the configuration again and puts its providers and models on offer. What is known of
 * their health stays. A configuration that cannot be used is logged and changes nothing.
 */
export function reloader(options: ReloaderOptions): () => void {
  const { env, cwd, started, gateway, demo, log } = options;
  return function reload() {
    try {
      const { sections } = loadConfig(env, cwd);
      if (wantsDemo(sections, env)) {
        if (!demo) throw new Error('It names no provider, and the demo begins only with a start.');
        log.info({}, 'The configuration still asks for the demo; nothing to reload.');
        return;
      }
      gateway.reload(catalogueConfig(sections, env));
      const fixed = FIXED.filter((part) => !isDeepStrictEqual(sections[part], started.sections[part]));
      if (fixed.length > 0)
        log.warn({ sections: fixed }, 'These sections have changed; they need a restart.');
      const models = gateway.catalogue.list().length;
      log.info({ file: started.file, models }, 'The configuration was reloaded.');
    } catch (err) {
      const problem = err instanceof Error ? err.message : String(err);
      log.error({ file: started.file, problem }, 'The new configuration is refused; the old one stays.');
    }
  };
}
