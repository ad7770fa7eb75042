import { newGenerationId, type Generation } from '@onerouter/core';
import { describe, expect, it } from 'vitest';
import type { GenerationLog, GenerationQuery } from '../generation-log.ts';
import { sampleGeneration } from './sample-generation.ts';

const accountId = 'account-1';
const AT = 1_790_000_000_000;

/** What every {@link GenerationLog} has to do. Call it in a test file of the adapter. */
export function generationLogSuite(name: string, make: () => Promise<GenerationLog>): void {
  describe(`GenerationLog: ${name}`, () => {
    it('finds what was appended, to the last field', async () => {
      const log = await make();
      const generation = sampleGeneration();
      await log.append(generation);
      expect(await log.find(generation.accountId, generation.id)).toEqual(generation);
    });

    it('finds nothing of another account', async () => {
      const log = await make();
      const generation = sampleGeneration();
      await log.append(generation);
      expect(await log.find('account-2', generation.id)).toBeUndefined();
      expect(await log.list({ accountId: 'account-2', limit: 9, keyId: generation.keyId })).toEqual([]);
    });

    it('keeps the first of two with the same id', async () => {
      const log = await make();
      const generation = sampleGeneration();
      await log.append(generation);
      await log.append({ ...generation, cost: 1n });
      expect((await log.find(generation.accountId, generation.id))?.cost).toBe(generation.cost);
    });

    it('lists the newest first, to the last field, in whatever order they came', async () => {
      const log = await make();
      const made = [3, 1, 2].map((n) => sampleGeneration({ createdAt: AT + n }));
      for (const one of made) await log.append(one);
      const [third, first, second] = made;
      expect(await log.list({ accountId, limit: 9 })).toEqual([third, second, first]);
    });

    it('lists by every filter, by all at once, and by time', async () => {
      const log = await make();
      const made = everyKind();
      for (const one of made) await log.append(one);
      const ask = async (query: Partial<GenerationQuery>): Promise<readonly string[]> =>
        (await log.list({ accountId, limit: 99, ...query })).map(({ id }) => id);
      const newest = made.toReversed();
      const ids = (test: (one: Generation) => boolean): readonly string[] =>
        newest.filter(test).map(({ id }) => id);
      expect(await ask({ model: 'm1' })).toEqual(ids(({ model }) => model === 'm1'));
      expect(await ask({ provider: 'p2' })).toEqual(ids(({ provider }) => provider === 'p2'));
      expect(await ask({ keyId: 'k1' })).toEqual(ids(({ keyId }) => keyId === 'k1'));
      expect(await ask({ status: 'failed' })).toEqual(ids(({ status }) => status === 'failed'));
      expect(await ask({ model: 'm2', provider: 'p1', keyId: 'k2', status: 'complete' })).toEqual(
        ids((one) => `${one.model}${one.provider}${one.keyId}${one.status}` === 'm2p1k2complete'),
      );
      expect(await ask({ from: AT + 3, until: AT + 6 })).toEqual(
        ids(({ createdAt }) => createdAt >= AT + 3 && createdAt < AT + 6),
      );
      expect(await ask({ from: AT + 3, until: AT + 9, keyId: 'k2' })).toEqual(
        ids((one) => one.createdAt >= AT + 3 && one.createdAt < AT + 9 && one.keyId === 'k2'),
      );
      expect(await ask({ model: 'm' })).toEqual([]);
      expect(await ask({ model: "m1' OR 1=1 --", limit: 1 })).toEqual([]);
    });

    it('pages through everything once, while more comes in, also within one millisecond', async () => {
      const log = await make();
      // One millisecond at a time, six of them in each.
      const old = Array.from({ length: 30 }, (_, n) =>
        sampleGeneration({ createdAt: AT + Math.floor(n / 6), model: n % 3 === 0 ? 'm1' : 'm2' }),
      );
      for (const one of old) await log.append(one);
      for (const model of [undefined, 'm1', 'm2']) {
        const wanted = old.filter((one) => model === undefined || one.model === model).map(({ id }) => id);
        const seen: string[] = [];
        let before: string | undefined;
        for (;;) {
          const page = await log.list({ accountId, limit: 4, before, model });
          seen.push(...page.map(({ id }) => id));
          before = page.at(-1)?.id;
          if (page.length < 4) break;
          await log.append(sampleGeneration({ createdAt: AT + 1_000, model: 'm1' }));
          await log.append(sampleGeneration({ createdAt: AT + 1_000, model: 'm2' }));
        }
        expect(seen.filter((id) => wanted.includes(id))).toEqual(wanted.toSorted().toReversed());
        expect(new Set(seen).size).toBe(seen.length);
      }
    });

    it('takes any text as a place to go on from', async () => {
      const log = await make();
      const one = sampleGeneration({ createdAt: AT });
      await log.append(one);
      expect(await log.list({ accountId, limit: 9, before: newGenerationId(AT + 1) })).toEqual([one]);
      expect(await log.list({ accountId, limit: 9, before: newGenerationId(AT - 1) })).toEqual([]);
      expect(await log.list({ accountId, limit: 9, before: '' })).toEqual([]);
      expect(await log.list({ accountId, limit: 9, before: '~' })).toEqual([one]);
    });
  });
}

/** One of each combination, a millisecond apart. */
function everyKind(): readonly Generation[] {
  const kinds = ['m1', 'm2'].flatMap((model) =>
    ['p1', 'p2'].flatMap((provider) =>
      ['k1', 'k2'].flatMap((keyId) =>
        (['complete', 'failed'] as const).map((status) => ({ model, provider, keyId, status })),
      ),
    ),
  );
  return kinds.map((kind, n) => sampleGeneration({ ...kind, createdAt: AT + n }));
}
