import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Capture, CaptureBudget } from './capture.ts';

const ROOM = 1_000_000;

describe('a capture', () => {
  it('gives back from any offset what was added', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary-ascii' })), fc.nat(), (texts, at) => {
        const capture = new Capture(ROOM, new CaptureBudget(ROOM));
        for (const text of texts) expect(capture.append(text)).toBe(true);
        const whole = texts.join('');
        const from = Math.min(at, whole.length);
        expect(capture.length).toBe(whole.length);
        expect(capture.from(from).toString('latin1')).toBe(whole.slice(from));
        expect(capture.copy()?.toString('latin1')).toBe(whole === '' ? undefined : whole);
      }),
    );
  });

  it('adds nothing past its limit, and keeps what it has', () => {
    const capture = new Capture(10, new CaptureBudget(ROOM));
    expect([capture.append('12345678'), capture.append('9ab'), capture.append('9a')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(capture.from(0).toString()).toBe('123456789a');
  });

  it('is a window on the latest bytes once it has dropped some, and no longer whole', () => {
    const capture = new Capture(10, new CaptureBudget(ROOM));
    capture.append('12345678');
    capture.drop(6);
    expect([capture.whole, capture.length, capture.copy()]).toEqual([false, 8, undefined]);
    capture.append('a much longer piece', true);
    expect(capture.from(7).toString()).toBe('8a much longer piece');
    expect(capture.from(8).toString()).toBe('a much longer piece');
  });

  it('of a held stream is small', () => {
    const budget = new CaptureBudget(ROOM);
    new Capture(ROOM, budget).append('x'.repeat(200));
    expect(budget.used).toBe(2048);
  });
});

describe('the budget of all captures', () => {
  it('counts what they hold, and has it back when they are released', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(3000), { maxLength: 5 }), { maxLength: 6 }), (captures) => {
        const budget = new CaptureBudget(20_000);
        const all = captures.map((sizes) => {
          const capture = new Capture(8000, budget);
          for (const size of sizes) capture.append('x'.repeat(size));
          return capture;
        });
        expect(budget.used).toBeLessThanOrEqual(20_000);
        expect(budget.used).toBeGreaterThanOrEqual(all.reduce((sum, capture) => sum + capture.length, 0));
        for (const capture of all) capture.release();
        for (const capture of all) capture.release();
        expect(budget.used).toBe(0);
      }),
    );
  });

  it('refuses more, unless somebody waits for it', () => {
    const budget = new CaptureBudget(3000);
    const capture = new Capture(ROOM, budget);
    expect(capture.append('x'.repeat(2000))).toBe(true);
    expect(capture.append('x'.repeat(2000))).toBe(false);
    expect(capture.append('x'.repeat(2000), true)).toBe(true);
    expect(capture.length).toBe(4000);
  });
});
