import { openMongooseStore } from '@onerouter/store-mongoose';
import { ConfigError } from './config/config-error.ts';
import { loadConfig } from './config/load-config.ts';
import { withMongo } from './store/with-mongo.ts';

/* Creates the indexes that the MongoDB store needs, while the app runs or rests. SQLite's come with its file. */

try {
  const { mongoUri } = loadConfig(process.env, process.cwd());
  if (mongoUri === undefined) {
    console.log('The store is SQLite, which brings its indexes: nothing to do.');
  } else {
    await withMongo(mongoUri, (connection) => openMongooseStore(connection).createIndexes());
    console.log('Every index is there.');
  }
} catch (err) {
  console.error(
    err instanceof ConfigError ? err.message : `The indexes could not be created: ${String(err)}`,
  );
  process.exitCode = 1;
}
