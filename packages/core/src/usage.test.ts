import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOpenAiUsage, writeUsage } from './answer/usage-wire.ts';
import { clampUsage } from './usage.ts';

describe('reported usage', () => {
  it.each([
    ['plain', { prompt_tokens: 3, completion_tokens: 2 }, { promptTokens: 3, completionTokens: 2 }],
    [
      'an explicit zero',
      { prompt_tokens: 0, completion_tokens: 0 },
      { promptTokens: 0, completionTokens: 0 },
    ],
    ['only a total', { prompt_tokens: 3, total_tokens: 8 }, { completionTokens: 5 }],
    [
      'details',
      { prompt_tokens: 9, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 5 } },
      { cachedTokens: 5 },
    ],
    [
      'hits beside',
      { prompt_tokens: 9, completion_tokens: 4, prompt_cache_hit_tokens: 5 },
      { cachedTokens: 5 },
    ],
    [
      'null details',
      { prompt_tokens: 9, completion_tokens: 4, prompt_tokens_details: null },
      { cachedTokens: undefined },
    ],
    [
      'more cached than prompt',
      { prompt_tokens: 3, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 9 } },
      { cachedTokens: 3 },
    ],
    ['negatives', { prompt_tokens: -3, completion_tokens: -1 }, { promptTokens: 0, completionTokens: 0 }],
  ])('with %s is read', (_name, raw, expected) => {
    expect(readOpenAiUsage(raw)).toMatchObject(expected);
  });

  it.each([null, undefined, {}, 'x', 4, { prompt_tokens: null }, { prompt_tokens: 'many' }])(
    'of %j is unknown, not zero',
    (raw) => {
      expect(readOpenAiUsage(raw)).toBeUndefined();
    },
  );

  it('comes into order whatever a provider says', () => {
    const any = fc.oneof(fc.double(), fc.integer(), fc.constant(undefined));
    const number = fc.oneof(fc.double(), fc.integer());
    fc.assert(
      fc.property(
        number,
        number,
        any,
        any,
        any,
        (promptTokens, completionTokens, cached, write, reasoning) => {
          const usage = clampUsage({
            promptTokens,
            completionTokens,
            cachedTokens: cached,
            cacheWriteTokens: write,
            reasoningTokens: reasoning,
            source: 'provider',
          });
          const { cachedTokens = 0, cacheWriteTokens = 0, reasoningTokens = 0 } = usage;
          for (const count of [usage.promptTokens, usage.completionTokens, cachedTokens, cacheWriteTokens]) {
            expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
          }
          expect(cachedTokens + cacheWriteTokens).toBeLessThanOrEqual(usage.promptTokens);
          expect(reasoningTokens).toBeLessThanOrEqual(usage.completionTokens);
        },
      ),
    );
  });

  it('is written in OpenAI’s shape, with cost once there is one', () => {
    const usage = { promptTokens: 3, completionTokens: 2, source: 'estimated' } as const;
    expect(writeUsage(usage, undefined)).toMatchObject({ total_tokens: 5, usage_source: 'estimated' });
    expect(writeUsage(usage, undefined)).not.toHaveProperty('cost');
    const line = { item: 'prompt', quantity: 3, unitPrice: '0.5', amount: '1.5' } as const;
    expect(writeUsage(usage, { cost: 1_500_000_000n, lines: [line], discount: 0 })).toMatchObject({
      cost: 1.5,
      cost_details: { upstream_inference_prompt_cost: 1.5, upstream_inference_completions_cost: 0 },
    });
  });
});
