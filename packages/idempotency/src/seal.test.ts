import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from './seal.ts';

const KEY = randomBytes(32);
const ANSWER = Buffer.from('the parrot talks');

describe('a sealed answer', () => {
  it('opens under its key and context', () => {
    expect(unseal(seal(ANSWER, KEY, 'acc gen'), KEY, 'acc gen')).toEqual(ANSWER);
  });

  it('does not open under others', () => {
    const sealed = seal(ANSWER, KEY, 'acc gen');
    expect(unseal(sealed, randomBytes(32), 'acc gen')).toBeUndefined();
    expect(unseal(sealed, KEY, 'acc other')).toBeUndefined();
  });

  it('does not open when any bit of it was changed, or some is missing', () => {
    const sealed = seal(ANSWER, KEY, '');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(unseal(changed, KEY, '')).toBeUndefined();
      expect(unseal(sealed.subarray(0, at), KEY, '')).toBeUndefined();
    }
  });

  it('never looks the same twice', () => {
    expect(seal(ANSWER, KEY, '')).not.toEqual(seal(ANSWER, KEY, ''));
  });
});
