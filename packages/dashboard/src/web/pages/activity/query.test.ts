import { describe, expect, it } from 'vitest';
import { readView, writeView } from './query.ts';

const TODAY = '2026-03-02';

function read(query: string): ReturnType<typeof readView> {
  return readView(new URLSearchParams(query), TODAY);
}

describe('the address of the activity page', () => {
  it('means the last 30 days, the running one included, where it says nothing', () => {
    expect(read('')).toMatchObject({
      range: 30,
      filters: { from: '2026-02-01', to: TODAY },
      by: 'model',
      metric: 'spend',
    });
    expect(writeView(read('')).toString()).toBe('');
  });

  it.each([
    'range=7&by=key&show=tokens&model=acme%2Fwriter-1&provider=alpha&key=abc',
    'from=2026-01-05&to=2026-02-05&by=provider',
  ])('keeps what was chosen: %s', (query) => {
    expect(writeView(read(query)).toString()).toBe(query);
  });

  it.each([
    'from=2026-02-30&to=2026-03-01',
    'from=2026-03-02&to=2026-03-01',
    'from=2020-01-01&to=2026-03-01',
    'from=<script>&to=x',
    'range=8',
  ])('does not take ranges that are none: %s', (query) => {
    expect(read(query)).toMatchObject({ range: 30, filters: { from: '2026-02-01', to: TODAY } });
  });
});
