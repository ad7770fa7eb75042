import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOON, startActivity, type ActivityScene, type Fields } from './activity.scene.ts';
import { MAX_SERIES } from './series.ts';

const DAY_MS = 86_400_000;

describe('GET /activity/series', () => {
  let scene: ActivityScene;
  beforeEach(async () => {
    scene = await startActivity();
  });
  afterEach(() => scene.close());

  const series = async (
    query: string,
  ): Promise<Fields & { series: readonly Fields[]; days: readonly string[] }> =>
    (await scene.json(`/activity/series?${query}`)).data as never;

  const ids = async (query: string): Promise<readonly unknown[]> =>
    (await series(query)).series.map(({ id, name }) => [id, name]);

  it('has a value for every day, zero where nothing was used, and the sums of all', async () => {
    await scene.settle({ cost: 3n, model: 'm1' });
    await scene.settle({ cost: 4n, model: 'm1', createdAt: NOON - 2 * DAY_MS });
    await scene.settle({ cost: 100n, model: 'm2', usage: null });
    expect(await series('from=2026-09-19&to=2026-09-21')).toEqual({
      days: ['2026-09-19', '2026-09-20', '2026-09-21'],
      series: [
        { id: 'm2', name: 'm2', requests: [0, 0, 1], tokens: [0, 0, 0], cost_usd: ['0', '0', '0.0000001'] },
        {
          id: 'm1',
          name: 'm1',
          requests: [1, 0, 1],
          tokens: [60, 0, 60],
          cost_usd: ['0.000000004', '0', '0.000000003'],
        },
      ],
      totals: {
        requests: 3,
        prompt_tokens: 20,
        completion_tokens: 100,
        reasoning_tokens: 0,
        cost_usd: '0.000000107',
      },
    });
    expect((await series('')).days).toHaveLength(30);
  });

  it('is told apart by model, provider or key', async () => {
    await scene.settle({ model: 'm1', provider: 'p1' });
    await scene.settle({ model: 'm2', provider: 'p1', keyId: 'gone' });
    expect(await ids('by=model')).toEqual([
      ['m1', 'm1'],
      ['m2', 'm2'],
    ]);
    expect(await ids('by=provider&model=m2')).toEqual([['p1', 'p1']]);
    expect(await ids('by=key')).toEqual(
      expect.arrayContaining([
        [scene.ann.keyId, "ann's key"],
        ['gone', null],
      ]),
    );
    expect((await scene.get('/activity/series?by=colour')).status).toBe(400);
  });

  it('sums up what does not fit in a chart, and loses nothing', async () => {
    for (let n = 1; n <= MAX_SERIES; n += 1) await scene.settle({ cost: BigInt(n), model: `m${n}` });
    expect((await series('')).series).toHaveLength(MAX_SERIES);
    await scene.settle({ cost: 100n, model: 'dear' });
    const { series: shown, totals } = await series('from=2026-09-21');
    expect(shown).toHaveLength(MAX_SERIES);
    expect(shown.at(0)).toMatchObject({ id: 'dear' });
    expect(shown.at(-1)).toMatchObject({
      id: 'other',
      name: 'Other',
      requests: [2],
      cost_usd: ['0.000000003'],
    });
    expect(totals).toMatchObject({ requests: MAX_SERIES + 1, cost_usd: '0.000000178' });
  });
});
