import { describe, expect, it } from 'vitest';
import {
  Breaker,
  BREAKER_MAX_OPEN_MS,
  BREAKER_MIN_SAMPLE,
  BREAKER_OPEN_MS,
  BREAKER_RELAPSE_MS,
  BREAKER_WINDOW_MS,
} from './breaker.ts';

describe('a closed breaker', () => {
  it('stays closed on one failure, and on failures that lie far apart', () => {
    const { breaker, clock, fail } = clocked();
    for (let n = 0; n < 20; n += 1) {
      fail();
      clock.ms += BREAKER_WINDOW_MS + 1;
    }
    expect(breaker.shutForMs(clock.ms)).toBe(0);
  });

  it('stays closed while most answer', () => {
    const { breaker, clock, fail, answer } = clocked();
    for (let n = 0; n < 100; n += 1) {
      answer();
      answer();
      fail();
    }
    expect(breaker.shutForMs(clock.ms)).toBe(0);
  });

  it('opens when so many failed in a row, however many answered before', () => {
    const { breaker, clock, fail, answer } = clocked();
    for (let n = 0; n < 100; n += 1) answer();
    fail(BREAKER_MIN_SAMPLE - 1);
    expect(breaker.shutForMs(clock.ms)).toBe(0);
    fail();
    expect(breaker.shutForMs(clock.ms)).toBe(BREAKER_OPEN_MS);
    expect(breaker.state(clock.ms)).toBe('open');
    expect(breaker.state(clock.ms + BREAKER_OPEN_MS)).toBe('half_open');
  });

  it('opens on a provider that flaps', () => {
    const { breaker, clock } = clocked();
    const judge = [breaker.failed.bind(breaker), breaker.answered.bind(breaker)] as const;
    for (let n = 0; n < BREAKER_MIN_SAMPLE; n += 1) {
      const pass = breaker.admit(clock.ms);
      if (pass) judge[n % 2 === 0 ? 0 : 1](clock.ms, pass);
      clock.ms += 1_000;
    }
    expect(breaker.shutForMs(clock.ms)).toBeGreaterThan(0);
  });
});

describe('an open breaker', () => {
  it('lets nobody through until its time is over, and then one', () => {
    const { breaker, clock } = opened();
    expect(breaker.admit(clock.ms)).toBeUndefined();
    clock.ms += BREAKER_OPEN_MS - 1;
    expect(breaker.admit(clock.ms)).toBeUndefined();
    clock.ms += 1;
    expect(breaker.admit(clock.ms)).toMatchObject({ probe: true });
    expect(breaker.admit(clock.ms)).toBeUndefined();
    expect(breaker.shutForMs(clock.ms)).toBeGreaterThan(0);
  });

  it('closes when the probe is answered, and has forgotten what it opened for', () => {
    const { breaker, clock, fail } = opened();
    clock.ms += BREAKER_OPEN_MS;
    breaker.answered(clock.ms, breaker.force(clock.ms));
    fail();
    expect(breaker.shutForMs(clock.ms)).toBe(0);
    expect(breaker.admit(clock.ms)).toMatchObject({ probe: false });
  });

  it('opens for twice as long each time the probe fails, up to a limit', () => {
    const { breaker, clock } = opened();
    const waits = Array.from({ length: 6 }, () => {
      clock.ms += breaker.shutForMs(clock.ms);
      breaker.failed(clock.ms, breaker.force(clock.ms));
      return breaker.shutForMs(clock.ms);
    });
    expect(waits).toEqual([20_000, 40_000, 80_000, 120_000, 120_000, BREAKER_MAX_OPEN_MS]);
  });

  it('lets another probe when the first said nothing', () => {
    const { breaker, clock } = opened();
    clock.ms += BREAKER_OPEN_MS;
    breaker.dropped(breaker.force(clock.ms));
    expect(breaker.admit(clock.ms)).toMatchObject({ probe: true });
  });

  it('closes when somebody who had no other choice is answered, and is not kept open by such failures', () => {
    const { breaker, clock } = opened();
    clock.ms += 1_000;
    breaker.failed(clock.ms, breaker.force(clock.ms));
    expect(breaker.shutForMs(clock.ms)).toBe(BREAKER_OPEN_MS - 1_000);
    breaker.answered(clock.ms, breaker.force(clock.ms));
    expect(breaker.shutForMs(clock.ms)).toBe(0);
  });

  it('is not closed by an answer to what was asked before it opened', () => {
    const { breaker, clock, fail } = clocked();
    const before = breaker.force(clock.ms);
    fail(BREAKER_MIN_SAMPLE);
    breaker.answered(clock.ms, before);
    expect(breaker.shutForMs(clock.ms)).toBe(BREAKER_OPEN_MS);
  });

  it('goes on doubling on a relapse, and begins anew after a long recovery', () => {
    const { breaker, clock, fail } = opened();
    const recover = (): void => {
      clock.ms += breaker.shutForMs(clock.ms);
      breaker.answered(clock.ms, breaker.force(clock.ms));
    };
    recover();
    fail(BREAKER_MIN_SAMPLE);
    expect(breaker.shutForMs(clock.ms)).toBe(2 * BREAKER_OPEN_MS);
    recover();
    clock.ms += BREAKER_RELAPSE_MS;
    fail(BREAKER_MIN_SAMPLE);
    expect(breaker.shutForMs(clock.ms)).toBe(BREAKER_OPEN_MS);
  });
});

interface Clocked {
  readonly breaker: Breaker;
  readonly clock: { ms: number };
  readonly fail: (times?: number) => void;
  readonly answer: () => void;
}

function clocked(): Clocked {
  const clock = { ms: 50_000 };
  const breaker = new Breaker();
  return {
    breaker,
    clock,
    fail: (times = 1) => {
      for (let n = 0; n < times; n += 1) breaker.failed(clock.ms, breaker.force(clock.ms));
    },
    answer: () => breaker.answered(clock.ms, breaker.force(clock.ms)),
  };
}

function opened(): Clocked {
  const made = clocked();
  made.fail(BREAKER_MIN_SAMPLE);
  return made;
}
