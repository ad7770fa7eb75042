import { expect, it } from 'vitest';
import { memorySessions } from './memory-sessions.ts';
import { sessionRecord, sessionStoreSuite } from './testing/index.ts';

sessionStoreSuite('memorySessions()', async () => ({ store: memorySessions() }));

it('memorySessions() forgets what has expired when others sign in', async () => {
  const store = memorySessions();
  await store.save(sessionRecord({ hash: 'a'.repeat(64), expiresAt: 1_000 }));
  await store.save(sessionRecord({ hash: 'b'.repeat(64), createdAt: 1_000 }));
  expect(await store.find('a'.repeat(64))).toBeUndefined();
});
