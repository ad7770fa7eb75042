import { alertClaimsSuite } from '../testing/alert-claims-suite.ts';
import { memoryAlertClaims } from './memory-alert-claims.ts';

alertClaimsSuite('memory', async (clock) => {
  const store = memoryAlertClaims(() => clock.now);
  return { store, another: store };
});
