/** Answers whole, or streams 100 chunks as fast as the event loop turns. */
export const WHOLE_MODEL = 'mock';

/** Streams a few chunks, to warm up. */
export const SHORT_STREAM_MODEL = 'mock-p1-c20';

/** Streams for twelve seconds, one chunk each 100 ms. */
export const HELD_STREAM_MODEL = 'mock-p100-c120';

/** Every name that the benchmark asks for. */
export const MODELS: readonly string[] = [WHOLE_MODEL, SHORT_STREAM_MODEL, HELD_STREAM_MODEL];

/** How a stream goes. */
export interface StreamPlan {
  /** Between two chunks; 0 is one chunk for each turn of the event loop. */
  readonly paceMs: number;
  readonly chunks: number;
}

/** Reads `mock-p<pace>-c<chunks>` out of the beginning of a request body. */
export function streamPlan(head: string): StreamPlan {
  const [, pace, chunks] = /mock-p(\d+)-c(\d+)/.exec(head) ?? [];
  return { paceMs: Number(pace ?? 0), chunks: Number(chunks ?? 100) };
}
