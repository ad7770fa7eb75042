import { memoryAccounts } from './memory-accounts.ts';
import { accountStoreSuite } from './testing/index.ts';

accountStoreSuite('memoryAccounts()', async () => ({ store: memoryAccounts() }));
