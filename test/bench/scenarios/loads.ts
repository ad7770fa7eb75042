import type { Load } from '../harness/lab.ts';
import { WHOLE_MODEL } from '../upstream/models.ts';

const WARM_UP_MS = 10_000;

const whole = { model: WHOLE_MODEL, stream: false } as const;

/** 1 KB in, 1 KB out, on ten connections, as fast as they are answered. */
export function fullSpeed(durationMs: number): Load {
  return { ...whole, body: 'text', connections: 10, durationMs };
}

/** So many requests that what runs often is compiled, which takes a large program longer than a small one. */
export function warmUp(requests: number): Load {
  return { ...fullSpeed(WARM_UP_MS), requests };
}

/** 200 such requests a second. */
export function steady(durationMs: number): Load {
  return { ...whole, body: 'text', connections: 20, ratePerSecond: 200, durationMs };
}

/** 20 requests a second, with an image of 1 MB in each. */
export function images(durationMs: number): Load {
  return { ...whole, body: 'image', connections: 4, ratePerSecond: 20, durationMs };
}
