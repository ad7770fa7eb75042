import { describe, expect, it } from 'vitest';
import type { Activity, Series } from '../../api/activity.ts';
import { chartLines, dayTotals } from './chart-lines.ts';

function series(id: string, cost: readonly string[]): Series {
  return { id, name: id, requests: cost.map(() => 1), tokens: cost.map(() => 10), cost_usd: cost };
}

function activity(...all: readonly Series[]): Activity {
  return {
    days: ['2026-01-01', '2026-01-02'],
    series: all,
    totals: { requests: 0, prompt_tokens: 0, completion_tokens: 0, reasoning_tokens: 0, cost_usd: '0' },
  };
}

describe('lines of a chart', () => {
  it('are the largest first, each with a colour of its own', () => {
    const lines = chartLines(activity(series('small', ['0.1', '0.2']), series('big', ['1', '2'])), 'spend');
    expect(lines.map(({ id, total }) => [id, total])).toEqual([
      ['big', '3'],
      ['small', '0.3'],
    ]);
    expect(new Set(lines.map(({ color }) => color)).size).toBe(2);
  });

  it('add up exactly what is beyond the colours, with what the API has added up already', () => {
    const many = Array.from({ length: 8 }, (_unused, index) => series(`m${index}`, ['0.1', `${index}`]));
    const lines = chartLines(activity(...many, series('other', ['0.000000001', '0'])), 'spend');
    expect(lines).toHaveLength(7);
    expect(lines.at(-1)).toMatchObject({ name: 'Other', values: ['0.200000001', '1'] });
    expect(dayTotals(lines, 2)).toEqual(['0.800000001', '28']);
  });

  it('name keys that are gone by their hash', () => {
    const [gone] = chartLines(activity({ ...series('0123456789abcdef', ['1', '1']), name: null }), 'spend');
    expect(gone?.name).toBe('01234567…');
  });

  it('name what nobody answered', () => {
    expect(chartLines(activity(series('', ['0', '0'])), 'requests')[0]).toMatchObject({
      name: 'Not answered',
      total: '2',
    });
  });
});
