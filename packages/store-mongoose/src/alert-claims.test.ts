import { alertClaimsSuite } from '@onerouter/accounts/testing';
import { COLLECTION_PREFIX, modelsOn } from './models.ts';
import { mongooseAlertClaims } from './mongoose-alert-claims.ts';
import { givenClock } from './server-clock.ts';
import { describeOnMongo } from './testing/mongo-server.ts';

describeOnMongo('on MongoDB', (server) => {
  alertClaimsSuite('mongooseAlertClaims()', async (clock) => {
    const database = server.newDatabase();
    const open = async (): Promise<ReturnType<typeof mongooseAlertClaims>> =>
      mongooseAlertClaims(
        modelsOn(await server.connect(database), COLLECTION_PREFIX),
        givenClock(() => clock.now),
      );
    return { store: await open(), another: await open(), close: () => server.drop(database) };
  });
});
