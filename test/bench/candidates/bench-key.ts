/** The API key that all requests carry, so that every candidate gets the same bytes. */
export const BENCH_KEY: string = `sk-or-v1-${'0'.repeat(64)}`;
