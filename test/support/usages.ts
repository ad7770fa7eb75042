import { PRICING, type Fields } from './gateway.ts';

export const PLAIN = { prompt_tokens: 10, completion_tokens: 5 };
export const cached = (prompt: number, hits: number, completion: number): Fields => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  prompt_tokens_details: { cached_tokens: hits },
});
export const wrote = (prompt: number, hits: number, writes: number): Fields => ({
  prompt_tokens: prompt,
  completion_tokens: 1,
  prompt_tokens_details: { cached_tokens: hits, cache_write_tokens: writes },
});
export const reasoned = (completion: number, reasoning: number): Fields => ({
  prompt_tokens: 10,
  completion_tokens: completion,
  completion_tokens_details: { reasoning_tokens: reasoning },
});
export const READ = { ...PRICING, input_cache_read: '0.0000001' };
export const WRITE = { ...READ, input_cache_write: '0.00000125' };
export const THINK = { ...PRICING, internal_reasoning: '0.000003' };
export const FULL = {
  prompt: '0.000003',
  completion: '0.000015',
  input_cache_read: '0.0000003',
  input_cache_write: '0.00000375',
  internal_reasoning: '0.000015',
  image: '0.0048',
  request: '0.001',
};
export const FULL_USAGE = { ...wrote(1_000, 600, 300), ...reasoned(500, 200), prompt_tokens: 1_000 };
export const LONG = 'x'.repeat(400);

/** A price of a token of prompt and of completion. */
export function price(prompt: string, completion = prompt): Readonly<Record<string, string>> {
  return { prompt, completion };
}
