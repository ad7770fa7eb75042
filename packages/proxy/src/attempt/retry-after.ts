/** Providers have asked for days; nobody waits that long on one word. */
export const MAX_RETRY_AFTER_MS: number = 3_600_000;

/**
 * How long a provider asks to be left alone, in milliseconds: `retry-after-ms`, or `Retry-After` as seconds or as a date
 * (RFC 9110 section 10.2.3). `undefined` when it does not say, or says nonsense.
 */
export function readRetryAfter(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  nowMs: number,
): number | undefined {
  const precise = number(headers['retry-after-ms'] ?? headers['x-ms-retry-after-ms']);
  if (precise !== undefined) return bound(precise);
  const header = headers['retry-after'];
  const seconds = number(header);
  if (seconds !== undefined) return bound(seconds * 1000);
  if (typeof header !== 'string') return undefined;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : bound(date - nowMs);
}

function number(value: string | string[] | undefined): number | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

function bound(ms: number): number {
  return Math.min(Math.max(0, ms), MAX_RETRY_AFTER_MS);
}
