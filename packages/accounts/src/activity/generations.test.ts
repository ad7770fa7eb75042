import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOON, startActivity, type ActivityScene } from './activity.scene.ts';

const DAY_MS = 86_400_000;

describe('GET /generations', () => {
  let scene: ActivityScene;
  beforeEach(async () => {
    scene = await startActivity();
  });
  afterEach(() => scene.close());

  it('shows what ran, what it used, what it cost and what was tried', async () => {
    const { id, keyId } = await scene.settle({
      requestedModel: 'scribe',
      attempts: [
        { provider: 'beta', model: 'up', status: 503, errorType: 'provider_unavailable', latencyMs: 12 },
        { provider: 'alpha', model: 'up', status: 200, errorType: null, latencyMs: 118 },
      ],
    });
    expect((await scene.json('/generations')).data).toEqual([
      {
        id,
        created_at: '2026-09-21T12:00:00.000Z',
        requested_model: 'scribe',
        model: 'acme/writer-1',
        provider_name: 'alpha',
        api_key_hash: keyId,
        api_key_name: "ann's key",
        surface: 'chat',
        status: 'complete',
        streamed: true,
        finish_reason: 'stop',
        latency: 120,
        generation_time: 900,
        tokens_per_second: 55.5,
        tokens_prompt: 10,
        tokens_completion: 50,
        tokens_cached: 2,
        tokens_reasoning: null,
        cost_usd: '0.000123456',
        cache_hit: false,
        error_type: null,
        attempts: [
          { provider: 'beta', model: 'up', status: 503, latency_ms: 12, error_type: 'provider_unavailable' },
          { provider: 'alpha', model: 'up', status: 200, latency_ms: 118, error_type: null },
        ],
      },
    ]);
  });

  it('does not take unknown for zero', async () => {
    await scene.settle({ model: '', provider: '', usage: null, latencyMs: null, status: 'failed', cost: 0n });
    expect((await scene.json('/generations')).data).toMatchObject([
      { model: null, provider_name: null, tokens_prompt: null, latency: null, cost_usd: '0' },
    ]);
  });

  it('pages by a cursor that stays right while more comes in', async () => {
    const made = [];
    for (let n = 0; n < 7; n += 1) made.push(await scene.settle());
    const wanted = made
      .map(({ id }) => id)
      .toSorted()
      .toReversed();
    const seen: unknown[] = [];
    let path = '/generations?limit=3';
    for (;;) {
      const { data, next_cursor: next } = await scene.json(path);
      seen.push(...data.map(({ id }) => id));
      if (next === null || next === undefined) break;
      await scene.settle({ createdAt: NOON + 1 });
      path = `/generations?limit=3&cursor=${next}`;
    }
    expect(seen).toEqual(wanted);
    expect((await scene.json('/generations?limit=10')).next_cursor).toBe(
      wanted.length + 2 > 10 ? null : null,
    );
  });

  it('narrows down by status, key and time, a day being the whole of it', async () => {
    const [failed, old] = [
      await scene.settle({ status: 'failed' }),
      await scene.settle({ createdAt: NOON - DAY_MS }),
    ];
    const other = await scene.settle({ keyId: 'k2', createdAt: NOON + 5 });
    const ids = async (query: string): Promise<readonly unknown[]> =>
      (await scene.json(`/generations?${query}`)).data.map(({ id }) => id);
    expect(await ids('status=failed')).toEqual([failed.id]);
    expect(await ids('api_key_hash=k2')).toEqual([other.id]);
    expect(await ids('to=2026-09-20')).toEqual([old.id]);
    expect(await ids('from=2026-09-21')).toEqual([other.id, failed.id]);
    expect(await ids('from=2026-09-21T12:00:00.005Z')).toEqual([other.id]);
    expect(await ids('to=2026-09-21T12:00:00.005Z')).toEqual([failed.id, old.id]);
  });

  it('refuses what it does not understand by name', async () => {
    for (const [query, param] of [
      ['limit=0', 'limit'],
      ['limit=201', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=many', 'limit'],
      ['status=pending', 'status'],
      ['from=soon', 'from'],
      ['cursor=', 'cursor'],
      ['date=2026-01-01', 'date'],
    ] as const) {
      const answer = await scene.get(`/generations?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(await answer.json()).toMatchObject({ error: { param } });
    }
  });
});
