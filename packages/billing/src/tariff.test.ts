import { describe, expect, it } from 'vitest';
import { emptyFacts, type AnswerFacts, type Outcome, type Usage } from '@onerouter/core';
import { candidate } from './testing/candidate.ts';
import { standardTariff } from './tariff.ts';

const reported: Usage = { promptTokens: 100, completionTokens: 10, source: 'provider' };
const estimated: Usage = { ...reported, source: 'estimated' };
const output = { output: true, outputBytes: 40 };

function cost(status: Outcome['status'], facts: Partial<AnswerFacts>, usage: Usage | null): bigint {
  const outcome: Outcome = {
    status,
    facts: { ...emptyFacts(), ...facts },
    candidate: candidate({ prompt: '0.000001', completion: '0.000002' }),
  };
  return standardTariff({ outcome, usage, cacheHit: false, images: 0 }).cost;
}

describe('the standard tariff', () => {
  it('charges a whole answer', () => {
    expect(cost('complete', { ...output, finishReason: 'stop' }, reported)).toBe(120_000n);
    expect(cost('complete', { finishReason: 'stop' }, reported)).toBe(120_000n);
    expect(cost('complete', output, estimated)).toBe(120_000n);
  });

  it('does not charge what failed, before or after the first output', () => {
    expect(cost('failed', {}, reported)).toBe(0n);
    expect(cost('truncated', output, reported)).toBe(0n);
  });

  it('does not charge an answer with neither output nor a finish reason', () => {
    expect(cost('complete', {}, reported)).toBe(0n);
  });

  it('charges a client that left for what was generated', () => {
    expect(cost('cancelled', output, estimated)).toBe(120_000n);
    expect(cost('cancelled', {}, reported)).toBe(120_000n);
  });

  it('does not charge a client that left before anything was generated', () => {
    expect(cost('cancelled', {}, null)).toBe(0n);
    expect(cost('cancelled', {}, estimated)).toBe(0n);
  });

  it('does not charge when nobody answered', () => {
    const outcome: Outcome = { status: 'cancelled', facts: emptyFacts(), candidate: undefined };
    expect(standardTariff({ outcome, usage: reported, cacheHit: false, images: 0 })).toEqual({
      cost: 0n,
      lines: [],
      discount: 0,
    });
  });
});
