import { memoryKeys } from './memory-keys.ts';
import { keyStoreSuite } from './testing/index.ts';

keyStoreSuite('memoryKeys()', async () => {
  const store = memoryKeys();
  return { store, add: async (record) => store.add(record) };
});
