import { beforeEach, describe, expect, it } from 'vitest';
import { emptyFacts } from './answer/facts.ts';
import type { Candidate } from './catalogue.ts';
import { Exchange, type Outcome } from './exchange.ts';
import type { Generation } from './record.ts';

const OUTCOME: Outcome = { status: 'complete', facts: emptyFacts(), candidate: undefined };
let errors: object[];
let exchange: Exchange;
beforeEach(() => {
  errors = [];
  exchange = new Exchange({ id: 'gen-1', status: 'pending' } as Generation, {
    warn: () => {},
    error: (fields) => void errors.push(fields),
  });
});

describe('settlement', () => {
  it('runs once, whoever asks for it, with the first outcome', async () => {
    const seen: Outcome[] = [];
    exchange.observe({ name: 'a', onSettle: (outcome) => void seen.push(outcome) });
    const first = exchange.settle(OUTCOME);
    expect(exchange.settle({ ...OUTCOME, status: 'failed' })).toBe(first);
    await first;
    expect(seen).toEqual([OUTCOME]);
    expect(exchange.record.status).toBe('complete');
  });

  it('runs the observers in reverse order, each after the one before has finished', async () => {
    const steps: string[] = [];
    exchange.observe({ name: 'outer', onSettle: () => void steps.push('outer') });
    exchange.observe({
      name: 'inner',
      onSettle: async () => {
        await Promise.resolve();
        steps.push('inner');
      },
    });
    await exchange.settle(OUTCOME);
    expect(steps).toEqual(['inner', 'outer']);
  });

  it('begins when every observer has kept what must be there before it', async () => {
    const steps: string[] = [];
    exchange.observe({
      name: 'outer',
      beforeSettle: async () => {
        await Promise.resolve();
        steps.push('kept');
      },
    });
    exchange.observe({ name: 'fails', beforeSettle: () => Promise.reject(new Error('away')) });
    exchange.observe({ name: 'inner', onSettle: () => void steps.push('booked') });
    await exchange.settle(OUTCOME);
    expect(steps).toEqual(['kept', 'booked']);
    expect(errors).toMatchObject([{ observer: 'fails' }]);
  });

  it('is not stopped by an observer that throws or rejects; each is reported', async () => {
    let reached = false;
    exchange.observe({ name: 'last', onSettle: () => void (reached = true) });
    exchange.observe({ name: 'rejects', onSettle: () => Promise.reject(new Error('a')) });
    exchange.observe({
      name: 'throws',
      onSettle: () => {
        throw new Error('b');
      },
    });
    await exchange.settle(OUTCOME);
    expect(reached).toBe(true);
    expect(errors).toMatchObject([{ observer: 'throws' }, { observer: 'rejects' }]);
  });

  it('writes into the record who answered and how it ended, before the observers run', async () => {
    const candidate = {
      model: { id: 'acme/writer' },
      endpoint: { provider: { name: 'alpha' }, upstreamModel: 'up' },
    } as Candidate;
    const facts = { ...emptyFacts(), finishReason: 'stop', nativeFinishReason: 'end_turn', upstreamId: 'x' };
    let seen: Generation | undefined;
    exchange.observe({ name: 'a', onSettle: () => void (seen = { ...exchange.record }) });
    await exchange.settle({ ...OUTCOME, facts, candidate });
    expect(seen).toMatchObject({
      status: 'complete',
      model: 'acme/writer',
      provider: 'alpha',
      upstreamModel: 'up',
      finishReason: 'stop',
      nativeFinishReason: 'end_turn',
      upstreamId: 'x',
    });
  });

  it('tells those who wait for its end, also when they come late', async () => {
    const told: number[] = [];
    exchange.onSettled(() => told.push(1));
    expect(told).toEqual([]);
    await exchange.settle(OUTCOME);
    exchange.onSettled(() => told.push(2));
    expect(told).toEqual([1, 2]);
  });
});

describe('observers of the answer', () => {
  it('see the first output once, and every chunk; one that throws stops nobody', () => {
    const seen: unknown[] = [];
    exchange.observe({
      name: 'throws',
      onFirstOutput: () => {
        throw new Error('a');
      },
      onChunk: () => {
        throw new Error('b');
      },
    });
    exchange.observe({
      name: 'b',
      onFirstOutput: () => void seen.push('first'),
      onChunk: (chunk) => void seen.push(chunk),
    });
    exchange.noteFirstOutput();
    exchange.noteFirstOutput();
    exchange.noteChunk('x', emptyFacts());
    expect(seen).toEqual(['first', 'x']);
    expect(errors).toHaveLength(2);
  });
});

describe('an exchange is abandoned', () => {
  it('when its client has left, once', () => {
    let calls = 0;
    exchange.onAbandoned(() => (calls += 1));
    expect(exchange.abandoned).toBe(false);
    exchange.clientLeft();
    exchange.clientLeft();
    expect([calls, exchange.abandoned, exchange.clientGone]).toEqual([1, true, true]);
  });

  it('but not while another one holds on', () => {
    const [one, two] = [exchange.hold(), exchange.hold()];
    exchange.clientLeft();
    one();
    one();
    expect([exchange.clientGone, exchange.abandoned]).toEqual([true, false]);
    two();
    expect(exchange.abandoned).toBe(true);
  });

  it('whoever holds on, when the process ends', () => {
    const letGo = exchange.hold();
    exchange.forsake();
    expect(exchange.abandoned).toBe(true);
    letGo();
  });

  it('and tells listeners that come late at once, and those that were taken off not at all', () => {
    const told: string[] = [];
    exchange.onAbandoned(() => told.push('off'))();
    exchange.clientLeft();
    exchange.onAbandoned(() => told.push('late'));
    expect(told).toEqual(['late']);
  });

  it('never after it was settled', async () => {
    await exchange.settle(OUTCOME);
    exchange.clientLeft();
    expect(exchange.abandoned).toBe(false);
  });

  it('which its signal shows, also when it is asked for later', () => {
    exchange.clientLeft();
    expect(exchange.signal.aborted).toBe(true);
    expect(exchange.signal).toBe(exchange.signal);
  });
});
