import { describe, expect, it } from 'vitest';
import type { GenerationRow } from '../../api/generations.ts';
import { MAX_FED_ROWS, mergeRows, NO_ROWS, rowsReducer } from './rows.ts';

function row(second: number, more: Partial<GenerationRow> = {}): GenerationRow {
  return {
    id: `gen-${second}`,
    created_at: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`,
    requested_model: 'writer',
    model: 'acme/writer-1',
    provider_name: 'alpha',
    api_key_hash: 'k1',
    api_key_name: 'one',
    surface: 'chat',
    status: 'complete',
    streamed: true,
    finish_reason: 'stop',
    latency: 100,
    generation_time: 200,
    tokens_per_second: 50,
    tokens_prompt: 10,
    tokens_completion: 10,
    tokens_cached: 0,
    tokens_reasoning: 0,
    cost_usd: '0.00003',
    cache_hit: false,
    error_type: null,
    attempts: [],
    ...more,
  };
}

function ids(rows: readonly GenerationRow[]): readonly string[] {
  return rows.map(({ id }) => id);
}

function fed(...rows: readonly GenerationRow[]): ReadonlyMap<string, GenerationRow> {
  return new Map(rows.map((one) => [one.id, one]));
}

describe('rows of the log', () => {
  it('are newest first and once, whatever told of them', () => {
    const merged = mergeRows([[row(4), row(3)], [row(2)]], fed(row(5), row(3)), {});
    expect(ids(merged)).toEqual(['gen-5', 'gen-4', 'gen-3', 'gen-2']);
  });

  it('are as told last', () => {
    const [first] = mergeRows([[row(1)]], fed(row(1, { cost_usd: '0.5' })), {});
    expect(first?.cost_usd).toBe('0.5');
  });

  it('of the feed are filtered as those of the list were', () => {
    const all = fed(row(1), row(2, { provider_name: 'beta' }), row(3, { status: 'failed' }));
    expect(ids(mergeRows([], all, { provider: 'beta' }))).toEqual(['gen-2']);
    expect(ids(mergeRows([], all, { status: 'failed' }))).toEqual(['gen-3']);
    expect(ids(mergeRows([], all, { key: 'k2' }))).toEqual([]);
  });

  it('are held while asked to, and all there when released', () => {
    const shown = rowsReducer(NO_ROWS, { type: 'told', rows: [row(1)], hold: false });
    const held = rowsReducer(shown, { type: 'told', rows: [row(2), row(3)], hold: true });
    expect([held.shown.size, held.held.size]).toEqual([1, 2]);
    const released = rowsReducer(held, { type: 'release' });
    expect([released.shown.size, released.held.size]).toEqual([3, 0]);
    expect(rowsReducer(released, { type: 'forget' })).toEqual(NO_ROWS);
  });

  it('are kept up to a number, and it is known when there were more', () => {
    const many = Array.from({ length: MAX_FED_ROWS }, (_unused, index) => row(index, { id: `gen-${index}` }));
    const full = rowsReducer(NO_ROWS, { type: 'told', rows: many, hold: true });
    expect([full.held.size, full.incomplete]).toEqual([MAX_FED_ROWS, false]);
    const over = rowsReducer(full, { type: 'told', rows: [row(59, { id: 'gen-new' })], hold: true });
    expect([over.held.size, over.held.has('gen-new'), over.incomplete]).toEqual([MAX_FED_ROWS, true, true]);
    expect(rowsReducer(over, { type: 'release' }).incomplete).toBe(true);
    expect(rowsReducer(NO_ROWS, { type: 'told', rows: [...many, row(1)], hold: false }).incomplete).toBe(
      false,
    );
  });
});
