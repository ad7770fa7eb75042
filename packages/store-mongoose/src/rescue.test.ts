import net from 'node:net';
import { expect, it, vi } from 'vitest';
import { openMongooseStore } from './open-mongoose-store.ts';
import { storesOn } from './store.scene.ts';
import { describeOnMongo } from './testing/mongo-server.ts';

describeOnMongo('an operation that the driver has forgotten', (server) => {
  const stores = storesOn(server);

  it('is ended, and done again on another connection', async () => {
    const opening = vi.spyOn(net, 'createConnection');
    const store = openMongooseStore(await server.connect(stores.database()));
    expect(await store.books.seq('acc-1')).toBe(0);
    for (const { value } of opening.mock.results) if (value instanceof net.Socket) value.destroy();
    // In the same turn of the event loop, so before anybody is told that the sockets are closed.
    expect(await store.books.seq('acc-1')).toBe(0);
    await store.close();
    opening.mockRestore();
  });
});
