import { describe, expect, it } from 'vitest';
import { EMPTY_FORM, expiryOf, formOf, limitsOf, problemsOf } from './key-form.ts';

const NOW = new Date('2026-11-23T12:00:00.000Z');

describe('the form of a key', () => {
  it('wants a name', () => {
    expect(Object.keys(problemsOf({ ...EMPTY_FORM, name: '  ' }, NOW))).toEqual(['name']);
    expect(problemsOf({ ...EMPTY_FORM, name: 'robot' }, NOW)).toEqual({});
  });

  it.each(['1e3', '-1', 'ten', '1,5', '0.1234567891'])('refuses %s as a limit', (limit) => {
    expect(Object.keys(problemsOf({ ...EMPTY_FORM, name: 'robot', limit }, NOW))).toEqual(['limit']);
  });

  it('sends a limit as typed, and no reset without one', () => {
    expect(limitsOf({ ...EMPTY_FORM, limit: '0.1', reset: 'daily' })).toEqual({
      limit: 0.1,
      limit_reset: 'daily',
    });
    expect(limitsOf({ ...EMPTY_FORM, reset: 'daily' })).toEqual({ limit: null, limit_reset: null });
  });

  it('lets a key work until its last day ends', () => {
    expect(expiryOf({ ...EMPTY_FORM, expires: '2026-11-23' })).toBe('2026-11-23T23:59:59.000Z');
    expect(problemsOf({ ...EMPTY_FORM, name: 'robot', expires: '2026-11-23' }, NOW)).toEqual({});
    expect(problemsOf({ ...EMPTY_FORM, name: 'robot', expires: '2026-11-22' }, NOW)).toHaveProperty(
      'expires',
    );
  });

  it('shows the smallest limit without an exponent', () => {
    expect(formOf({ name: 'robot', limit: 1e-9, limit_reset: null }).limit).toBe('0.000000001');
  });
});
