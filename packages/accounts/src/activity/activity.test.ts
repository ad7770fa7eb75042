import { OpenRouter } from '@openrouter/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOON, startActivity, type ActivityScene } from './activity.scene.ts';

const DAY_MS = 86_400_000;
const usage = { promptTokens: 7, completionTokens: 5, reasoningTokens: 3, source: 'provider' } as const;

describe('GET /activity', () => {
  let scene: ActivityScene;
  beforeEach(async () => {
    scene = await startActivity();
  });
  afterEach(() => scene.close());

  const dates = async (query: string): Promise<readonly unknown[]> =>
    (await scene.json(`/activity${query}`)).data.map(({ date }) => date);

  it('has a row for each day, model and provider, with exact sums, the newest first', async () => {
    await scene.settle({ usage, cost: 1n });
    await scene.settle({ usage, cost: 9_007_199_254_740_993n, keyId: 'another' });
    await scene.settle({ usage, cost: 2n, createdAt: NOON - DAY_MS, provider: 'beta' });
    const { data } = await scene.json('/activity');
    expect(data).toEqual([
      {
        date: '2026-09-21',
        model: 'acme/writer-1',
        model_permaslug: 'acme/writer-1',
        endpoint_id: 'alpha/acme/writer-1',
        provider_name: 'alpha',
        requests: 2,
        prompt_tokens: 14,
        completion_tokens: 10,
        reasoning_tokens: 6,
        usage: 9007199.254740994,
        usage_usd: '9007199.254740994',
        byok_usage_inference: 0,
      },
      expect.objectContaining({ date: '2026-09-20', provider_name: 'beta', usage_usd: '0.000000002' }),
    ]);
  });

  it('tells keys apart when asked, by the names they have now', async () => {
    await scene.settle();
    await scene.settle({ keyId: 'f'.repeat(64) });
    await scene.settle({ keyId: 'session' });
    const { data } = await scene.json('/activity?group_by=api_key');
    expect(new Set(data.map((row) => row['api_key_name']))).toEqual(new Set(['Chat', "ann's key", null]));
    expect(data.map((row) => row['requests'])).toEqual([1, 1, 1]);
  });

  it('covers the last 30 days with the running one, a single day, or up to 366', async () => {
    for (const days of [0, 29, 30, 365]) await scene.settle({ createdAt: NOON - days * DAY_MS });
    expect(await dates('')).toEqual(['2026-09-21', '2026-08-23']);
    expect(await dates('?date=2026-08-22')).toEqual(['2026-08-22']);
    expect(await dates('?to=2026-08-22')).toEqual(['2026-08-22']);
    expect(await dates('?from=2025-09-21')).toHaveLength(4);
    expect(await dates('?from=2026-09-22&to=2026-09-30')).toEqual([]);
  });

  it('narrows down by model, provider and key', async () => {
    await scene.settle({ model: 'm1' });
    await scene.settle({ model: 'm2', provider: 'p2' });
    await scene.settle({ model: 'm2', keyId: 'k2' });
    const count = async (query: string): Promise<number> =>
      (await scene.json(`/activity${query}`)).data.length;
    expect(await count('?model=m1')).toBe(1);
    expect(await count('?model=m2')).toBe(2);
    expect(await count('?model=m2&provider=p2')).toBe(1);
    expect(await count('?api_key_hash=k2')).toBe(1);
    expect(await count(`?api_key_hash=${scene.ann.keyId}&model=m2`)).toBe(1);
  });

  it('refuses what it does not understand by name', async () => {
    const asked: readonly (readonly [string, string])[] = [
      ['date=yesterday', 'date'],
      ['date=2026-02-30', 'date'],
      ['date=2026-01-01&from=2026-01-01', 'date'],
      ['from=2026-02-01&to=2026-01-01', 'from'],
      ['from=2020-01-01', 'from'],
      ['model=', 'model'],
      ['model=a&model=b', 'model'],
      [`provider=${'p'.repeat(300)}`, 'provider'],
      ['group_by=colour', 'group_by'],
      ['colour=red', 'colour'],
      ['model[$ne]=x', 'model[$ne]'],
    ];
    for (const [query, param] of asked) {
      const answer = await scene.get(`/activity?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(await answer.json()).toMatchObject({ error: { param } });
    }
  });

  it('comes as CSV too, in which no name is a formula', async () => {
    await scene.settle({ model: '=HYPERLINK("http://evil")', cost: 5n });
    await scene.settle({ model: '@SUM(1)', provider: 'a,"b"\n', createdAt: NOON - DAY_MS });
    const answer = await scene.get('/activity.csv?from=2026-09-20');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename=activity-2026-09-20-2026-09-21.csv',
    );
    expect(new TextDecoder('utf-8', { ignoreBOM: false }).decode(await answer.arrayBuffer())).toBe(
      'date,model,provider_name,requests,prompt_tokens,completion_tokens,reasoning_tokens,usage_usd\n' +
        `2026-09-21,"'=HYPERLINK(""http://evil"")",alpha,1,10,50,0,0.000000005\n` +
        `2026-09-20,'@SUM(1),"a,""b""\n",1,10,50,0,0.000123456\n`,
    );
    const byKey = await (await scene.get('/activity.csv?group_by=api_key')).text();
    expect(byKey).toContain(`${scene.ann.keyId},ann's key`);
  });

  it('is what the official SDK reads', async () => {
    await scene.settle({ usage });
    const sdk = new OpenRouter({ apiKey: scene.ann.managementKey, serverURL: `${scene.url}/api/v1` });
    const { data } = await sdk.analytics.getUserActivity({ date: '2026-09-21', groupBy: 'workspace' });
    expect(data).toEqual([
      expect.objectContaining({ model: 'acme/writer-1', requests: 1, workspaceId: scene.ann.id }),
    ]);
    expect((await sdk.analytics.getUserActivity({ apiKeyHash: scene.bob.keyId })).data).toEqual([]);
  });
});

describe('activity', () => {
  let scene: ActivityScene;
  beforeEach(async () => {
    scene = await startActivity();
  });
  afterEach(() => scene.close());

  const PATHS = ['/activity', '/activity/series', '/activity.csv', '/generations', '/generations/live'];

  it('is refused to API keys and to callers without a key', async () => {
    for (const path of PATHS) {
      expect([path, (await scene.get(path, scene.ann.apiKey)).status]).toEqual([path, 403]);
      expect([path, (await scene.get(path, 'sk-or-v1-none')).status]).toEqual([path, 401]);
    }
  });

  it('shows nothing of another account, whatever ids and hashes it is asked with', async () => {
    const { id, keyId } = await scene.settle({ model: 'secret/model' });
    const bob = scene.bob.managementKey;
    const queries = ['', `?api_key_hash=${keyId}`, '?model=secret/model', `?user_id=${scene.ann.id}`];
    for (const query of queries) {
      expect((await scene.json(`/activity${query}`, bob)).data).toEqual([]);
      expect(await (await scene.get(`/activity.csv${query}`, bob)).text()).not.toContain('secret');
    }
    for (const query of queries.slice(0, 3)) {
      expect((await scene.json(`/generations${query}`, bob)).data).toEqual([]);
      const series = await scene.json(`/activity/series${query}`, bob);
      expect(series.data).toMatchObject({ series: [], totals: { requests: 0 } });
    }
    expect((await scene.json(`/generations?cursor=${id}`, bob)).data).toEqual([]);
    expect((await scene.json(`/activity?workspace_id=${scene.bob.id}`)).data).toEqual([]);
  });

  it('leaves paths of others alone', async () => {
    expect(await (await scene.get('/other')).text()).toBe('somebody else');
  });

  it('answers 503 while the store is away', async () => {
    scene.store.away = Object.assign(new Error('disk'), { code: 'ERR_SQLITE_ERROR' });
    for (const path of PATHS) expect([path, (await scene.get(path)).status]).toEqual([path, 503]);
    scene.store.away = undefined;
    expect((await scene.get('/activity')).status).toBe(200);
  });
});
