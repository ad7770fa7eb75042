import type { SessionRecord, Sessions } from '@onerouter/auth';
import { sessionRecord } from '@onerouter/auth/testing';
import { request, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { NOON, startActivity, type ActivityScene, type Fields } from '../activity.scene.ts';
import type { LiveLimits } from './live-limits.ts';

/** Machines may be busy. */
const soon: typeof expect.poll = (look) => expect.poll(look, { timeout: 10_000 });

/** A browser that listens. */
class Browser {
  readonly events: { readonly event: string; readonly id: string | undefined; readonly data: Fields }[] = [];
  comments = 0;
  ended = false;
  /** What it would come back with. */
  lastId = '';
  readonly answer: IncomingMessage;
  #rest = '';

  constructor(answer: IncomingMessage) {
    this.answer = answer;
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => this.#read(text));
    answer.on('close', () => (this.ended = true));
  }

  of(event: string): readonly Fields[] {
    return this.events.filter((one) => one.event === event).map(({ data }) => data);
  }

  #read(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
      if (fields.has('')) this.comments += 1;
      this.lastId = fields.get('id') ?? this.lastId;
      const event = fields.get('event');
      if (event !== undefined) {
        this.events.push({
          event,
          id: fields.get('id'),
          data: JSON.parse(fields.get('data') ?? 'null') as Fields,
        });
      }
    }
  }
}

describe('GET /generations/live', () => {
  let scene: ActivityScene;
  afterEach(() => scene.close());
  const start = async (live?: LiveLimits, sessions?: Pick<Sessions, 'find'>): Promise<void> => {
    scene = await startActivity(live, sessions);
  };

  const open = (
    headers: Record<string, string> = {},
    key = scene.ann.managementKey,
  ): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const asked = request(`${scene.url}/api/v1/generations/live`, {
        headers: { authorization: `Bearer ${key}`, ...headers },
      });
      asked.on('response', resolve).on('error', reject).end();
      onTestFinished(() => void asked.destroy());
    });
  const listen = async (headers?: Record<string, string>, key?: string): Promise<Browser> =>
    new Browser(await open(headers, key));

  it('shows the balance at once, and each request as it settles, whoever served it', async () => {
    await start();
    await scene.settle({ model: 'before' });
    const [one, other] = [await listen(), await listen()];
    expect(one.answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    await expect
      .poll(() => one.of('balance'))
      .toEqual([{ balance_usd: '5', reserved_usd: '0.000000001', available_usd: '4.999999999' }]);
    const { id } = await scene.settle({ createdAt: NOON - 5 });
    await scene.settle({ createdAt: NOON - 9 });
    scene.money.balance = 1n;
    for (const browser of [one, other]) {
      await soon(() => browser.of('generation').length).toBe(2);
      expect(browser.of('generation')[0]).toMatchObject({
        id,
        api_key_name: "ann's key",
        status: 'complete',
      });
      await soon(() => browser.of('balance').at(-1)).toMatchObject({ available_usd: '0' });
      expect(browser.of('balance')).toHaveLength(2);
    }
  });

  it("shows nothing of another account's", async () => {
    await start();
    const [ann, bob] = [await listen(), await listen({}, scene.bob.managementKey)];
    await scene.settle();
    await soon(() => ann.of('generation').length).toBe(1);
    await scene.settle({ accountId: scene.bob.id });
    await soon(() => bob.of('generation').length).toBe(1);
    expect(ann.of('generation')).toHaveLength(1);
  });

  it('goes on after the last event that a browser has seen', async () => {
    await start();
    const first = await listen();
    await scene.settle({ model: 'one' });
    await soon(() => first.events.length).toBe(2);
    const seen = first.events.at(-1)?.id ?? '';
    first.answer.destroy();
    for (const model of ['two', 'three']) await scene.settle({ model });
    const second = await listen({ 'last-event-id': seen });
    await soon(() => second.of('generation').map((row) => row['model'])).toEqual(['two', 'three']);
    for (const wrong of ['99999', '-1', 'abc', '9'.repeat(40)]) {
      const browser = await listen({ 'last-event-id': wrong });
      await scene.settle({ model: wrong });
      await soon(() => browser.of('generation').map((row) => row['model'])).toEqual([wrong]);
    }
  });

  it('goes on where it began for a browser that was cut off before it heard of anything', async () => {
    await start();
    await scene.settle({ model: 'before' });
    const first = await listen();
    await soon(() => first.lastId).not.toBe('');
    first.answer.destroy();
    await scene.settle({ model: 'meanwhile' });
    const second = await listen({ 'last-event-id': first.lastId });
    await soon(() => second.of('generation').map((row) => row['model'])).toEqual(['meanwhile']);
  });

  it('keeps nothing for a client that takes nothing, and sends it all once it does', async () => {
    await start();
    const answer = await open();
    // More than sockets take in, and more than is kept for listeners.
    const title = 'x'.repeat(6_000);
    for (let n = 0; n < 2_000; n += 1) await scene.settle({ errorType: `${n} ${title}` });
    const quick = await listen();
    await scene.settle({ errorType: 'last' });
    await soon(() => quick.of('generation').length).toBe(1);
    const slow = new Browser(answer);
    await soon(() => slow.of('generation').length).toBe(2_001);
    expect(slow.of('generation').map((row) => Number.parseInt(String(row['error_type']), 10))).toEqual([
      ...Array.from({ length: 2_000 }, (_, n) => n),
      Number.NaN,
    ]);
  });

  it('lets a client go that takes nothing for too long', async () => {
    await start({ stalledMs: 20, maxStreams: 1 });
    await open();
    expect((await open()).statusCode).toBe(429);
    for (let n = 0; n < 2_000; n += 1) await scene.settle({ errorType: 'x'.repeat(6_000) });
    await soon(async () => (await open()).statusCode).toBe(200);
  });

  it('ends when its key is disabled', async () => {
    await start({ recheckMs: 1 });
    const browser = await listen();
    const [key] = await scene.accounts.listKeys(scene.ann.id, { kind: 'management' });
    await scene.accounts.updateKey(scene.ann.id, key?.hash ?? '', { disabled: true }, NOON);
    await soon(() => browser.ended).toBe(true);
  });

  it('ends when its session has ended', async () => {
    let signedIn = true;
    const find = async (): Promise<SessionRecord | undefined> => (signedIn ? sessionRecord() : undefined);
    await start({ recheckMs: 1 }, { find });
    const browser = await listen({ 'x-session': scene.ann.id });
    await soon(() => browser.of('balance').length).toBe(1);
    signedIn = false;
    await soon(() => browser.ended).toBe(true);
  });

  it('ends when it is old, and when the server closes', async () => {
    await start({ maxAgeMs: 30 });
    const browser = await listen();
    await soon(() => browser.ended).toBe(true);
    const next = await listen();
    scene.routes.close();
    await soon(() => next.ended).toBe(true);
    expect((await open()).statusCode).toBe(503);
  });

  it('has a limit for each account, and takes as many again as have left', async () => {
    await start({ maxStreams: 2 });
    const [first] = [await listen(), await listen()];
    expect((await open()).statusCode).toBe(429);
    expect((await open({}, scene.bob.managementKey)).statusCode).toBe(200);
    first.answer.destroy();
    await soon(async () => (await open()).statusCode).toBe(200);
  });

  it('is kept open by comments, also while the store is away, and goes on when it is back', async () => {
    await start({ keepAliveMs: 10 });
    const browser = await listen();
    await soon(() => browser.comments).toBeGreaterThan(0);
    scene.store.away = Object.assign(new Error('disk'), { code: 'ERR_SQLITE_ERROR' });
    await scene.settle();
    const before = browser.comments;
    await soon(() => browser.comments).toBeGreaterThan(before + 2);
    expect((await open()).statusCode).toBe(200);
    scene.store.away = undefined;
    await soon(() => browser.of('generation').length).toBe(1);
    expect(scene.warnings).toHaveLength(1);
  });
});
