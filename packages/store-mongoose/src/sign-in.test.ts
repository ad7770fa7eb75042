import { ticketStoreSuite } from '@onerouter/accounts/testing';
import { sessionStoreSuite } from '@onerouter/auth/testing';
import { createIndexes } from './indexes.ts';
import { COLLECTION_PREFIX, modelsOn, type Models } from './models.ts';
import { mongooseSessions } from './mongoose-sessions.ts';
import { mongooseTickets } from './mongoose-tickets.ts';
import { describeOnMongo } from './testing/mongo-server.ts';

describeOnMongo('on MongoDB', (server) => {
  const open = async (database: string): Promise<Models> => {
    const models = modelsOn(await server.connect(database), COLLECTION_PREFIX);
    await createIndexes(models);
    return models;
  };

  sessionStoreSuite('mongooseSessions()', async () => {
    const database = server.newDatabase();
    return { store: mongooseSessions(await open(database)), close: () => server.drop(database) };
  });

  ticketStoreSuite('mongooseTickets()', async () => {
    const database = server.newDatabase();
    return {
      store: mongooseTickets(await open(database)),
      another: mongooseTickets(await open(database)),
      close: () => server.drop(database),
    };
  });
});
