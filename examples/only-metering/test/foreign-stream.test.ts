import type { Generation } from '@onerouter/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start, type Running } from '../src/main.ts';

describe('a foreign handler that streams', () => {
  let running: Running;
  let text: string;
  let record: Readonly<Generation>;

  beforeAll(async () => {
    const recorded = Promise.withResolvers<Readonly<Generation>>();
    running = await start({ port: 0, onRecord: recorded.resolve });
    const response = await fetch(`${running.url}/v1/chat/completions`, { method: 'POST' });
    text = await response.text();
    record = await recorded.promise;
  });
  afterAll(() => running.close());

  it('reaches the client byte for byte', () => {
    const words = [...text.matchAll(/"content":"([^"]*)"/g)].map((match) => match[1]).join('');
    expect(words).toBe('Every word comes by itself.');
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('is metered with the usage that it reported', () => {
    expect(record).toMatchObject({
      status: 'complete',
      finishReason: 'stop',
      usage: { promptTokens: 12, completionTokens: 5, source: 'provider' },
    });
  });

  it('is timed', () => {
    expect(record.latencyMs).toBeGreaterThanOrEqual(0);
    expect(record.generationMs).toBeGreaterThan(0);
  });
});
