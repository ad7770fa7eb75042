import { existsSync } from 'node:fs';
import { describeReport, verifyLedger, type LedgerSource } from '@onerouter/billing';
import { mongooseLedgerSource } from '@onerouter/store-mongoose';
import { openSqliteLedgerSource } from '@onerouter/store-sqlite';
import { ConfigError } from './config/config-error.ts';
import { loadConfig } from './config/load-config.ts';
import { withMongo } from './store/with-mongo.ts';

/*
 * Recomputes every balance from the ledger's entries and prints what differs, while the app runs or rests. Exit code: 0
 * when everything adds up, 1 when something differs, 2 when it could not be checked.
 */

const COULD_NOT_CHECK = 2;

try {
  process.exitCode = await verify();
} catch (err) {
  console.error(err instanceof ConfigError ? err.message : `The ledger could not be checked: ${String(err)}`);
  process.exitCode = COULD_NOT_CHECK;
}

async function verify(): Promise<number> {
  const { storePath, mongoUri } = loadConfig(process.env, process.cwd());
  if (mongoUri !== undefined) {
    return withMongo(mongoUri, (connection) => report(mongooseLedgerSource(connection)));
  }
  if (!existsSync(storePath)) {
    console.error(`There is no database at ${storePath} yet: nothing to check.`);
    return COULD_NOT_CHECK;
  }
  const source = openSqliteLedgerSource(storePath);
  try {
    return await report(source);
  } finally {
    source.close();
  }
}

async function report(source: LedgerSource): Promise<number> {
  const found = await verifyLedger(source);
  console.log(describeReport(found));
  return found.differing === 0 ? 0 : 1;
}
