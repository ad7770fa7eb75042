import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

const cheap = { logN: 4, r: 8, p: 1 };

describe('passwords', () => {
  it('are hashed at the cost that OWASP asks for, with the cost in the text', async () => {
    const stored = await hashPassword('correct horse');
    expect(stored).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verifyPassword('correct horse', stored)).toBe(true);
  });

  it('are told apart, and salted', async () => {
    const stored = await hashPassword('correct horse', cheap);
    expect(await verifyPassword('correct horse', stored)).toBe(true);
    expect(await verifyPassword('correct horse ', stored)).toBe(false);
    expect(await verifyPassword('', stored)).toBe(false);
    expect(await hashPassword('correct horse', cheap)).not.toBe(stored);
  });

  it('match however the keyboard composes them', async () => {
    const stored = await hashPassword('caf\u00e9', cheap);
    expect(await verifyPassword('cafe\u0301', stored)).toBe(true);
  });

  it('never match text that is no hash, nor one that would exhaust memory', async () => {
    const odd = ['', 'secret', '$scrypt$ln=31,r=8,p=1$AAAA$AAAA', '$scrypt$ln=4,r=8,p=0$AAAA$AAAA'];
    for (const stored of odd) expect(await verifyPassword('secret', stored)).toBe(false);
  });
});
