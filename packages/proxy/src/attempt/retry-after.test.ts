import { expect, it } from 'vitest';
import { MAX_RETRY_AFTER_MS, readRetryAfter } from './retry-after.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

it.each([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30_000],
  [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
  [{ 'retry-after-ms': '250', 'retry-after': '7' }, 250],
  [{ 'x-ms-retry-after-ms': '90' }, 90],
  [{ 'retry-after': '-5' }, 0],
  [{ 'retry-after': '9999999' }, MAX_RETRY_AFTER_MS],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '' }, undefined],
  [{}, undefined],
])('%j is %s ms', (headers, ms) => {
  expect(readRetryAfter(headers, NOW)).toBe(ms);
});
