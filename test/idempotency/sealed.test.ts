import { textStream, whole } from '@onerouter/core/testing';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { gatewayServer, KEYS } from '../support/gateway.ts';
import { newKey, under } from './support.ts';

it('no file of the store holds prompt, completion, key or Idempotency-Key', async () => {
  const server = await gatewayServer();
  const key = newKey();
  server.provider().play(whole('the parrot 9b7e talks'), textStream('the parrot ', '9b7e talks'));
  const messages = [{ role: 'user', content: 'the canary 4f1d sings' }];
  await server.ask({ messages }, under(key));
  await (await server.chat({ messages, stream: true }, under(`${key}-stream`))).text();
  await server.settled();
  const db = new DatabaseSync(join(server.directory, 'onerouter.db'), { readOnly: true });
  expect(db.prepare(`SELECT count(*) AS kept FROM idempotency WHERE state = 'kept'`).get()).toEqual({
    kept: 2,
  });
  db.close();
  for (const [name, bytes] of Object.entries(server.files())) {
    for (const secret of ['parrot', '9b7e', 'canary', '4f1d', key, KEYS.key]) {
      expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false);
    }
  }
});

it('an answer that was tampered with is not given', async () => {
  const server = await gatewayServer();
  const key = newKey();
  await server.ask({}, under(key));
  await server.settled();
  const db = new DatabaseSync(join(server.directory, 'onerouter.db'));
  const row = db.prepare('SELECT answer FROM idempotency').get() as { answer: Uint8Array };
  const answer = Buffer.from(row.answer);
  answer[40] = (answer[40] ?? 0) ^ 1;
  db.prepare('UPDATE idempotency SET answer = ?').run(answer);
  db.close();
  expect((await server.ask({}, under(key))).status).toBe(409);
  expect(server.provider().calls).toHaveLength(1);
});
