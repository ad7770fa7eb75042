import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { describeReconciliation } from '@onerouter/billing/stripe';
import { openMongooseStore } from '@onerouter/store-mongoose';
import { openSqliteStore } from '@onerouter/store-sqlite';
import { ConfigError } from './config/config-error.ts';
import { loadConfig, type AppConfig } from './config/load-config.ts';
import { createLog } from './log.ts';
import { sellCredits, type SellingStore } from './people/sell-credits.ts';
import { withMongo } from './store/with-mongo.ts';

/*
 * Compares Stripe's payments, refunds and disputes of the last days with the ledger, and books what is missing, while the
 * app runs or rests. `--days 30` says how far back. Exit code: 0 when nothing was missing, 1 when something was, or has to
 * be looked at, 2 when it could not be compared.
 */

const COULD_NOT_COMPARE = 2;
const DEFAULT_DAYS = '30';
const DAY_MS = 86_400_000;

try {
  process.exitCode = await run();
} catch (err) {
  console.error(err instanceof ConfigError ? err.message : `Stripe could not be compared: ${String(err)}`);
  process.exitCode = COULD_NOT_COMPARE;
}

async function run(): Promise<number> {
  const { values } = parseArgs({ options: { days: { type: 'string', default: DEFAULT_DAYS } } });
  const days = Number(values.days);
  if (!(days > 0)) throw new Error(`--days must be a number above 0, not "${values.days}".`);
  const since = Date.now() - days * DAY_MS;
  const config = loadConfig(process.env, process.cwd());
  if (!config.sections.billing.stripe) {
    throw new ConfigError('The configuration', ['billing.stripe is missing: credits are not sold.']);
  }
  const { storePath, mongoUri } = config;
  if (mongoUri !== undefined) {
    return withMongo(mongoUri, (connection) => compare(config, openMongooseStore(connection), since));
  }
  if (!existsSync(storePath)) throw new Error(`there is no database at ${storePath} yet.`);
  return compare(config, openSqliteStore(storePath, { checkpointMs: null }), since);
}

async function compare(
  { sections }: AppConfig,
  store: SellingStore & { close(): Promise<void> },
  since: number,
): Promise<number> {
  try {
    const report = await sellCredits(sections, store, createLog('error')).reconcile({ since });
    console.log(describeReconciliation(report));
    return report.differences.length === 0 ? 0 : 1;
  } finally {
    await store.close();
  }
}
