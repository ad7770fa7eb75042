import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashKey, keyKind, keyLabel, newApiKey, newManagementKey } from './keys.ts';

describe('keys', () => {
  it('are a prefix and 64 hexadecimal digits, new each time', () => {
    expect(newApiKey()).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
    expect(newManagementKey()).toMatch(/^sk-or-mgmt-v1-[0-9a-f]{64}$/);
    expect(new Set(Array.from({ length: 100 }, newApiKey)).size).toBe(100);
  });

  it('are named by their SHA-256 in hex', () => {
    const key = newApiKey();
    expect(hashKey(key)).toBe(createHash('sha256').update(key).digest('hex'));
  });

  it('are shown with three digits at each end', () => {
    expect(keyLabel(`sk-or-v1-abc${'0'.repeat(58)}123`)).toBe('sk-or-v1-abc...123');
    expect(keyLabel(`sk-or-mgmt-v1-abc${'0'.repeat(58)}123`)).toBe('sk-or-mgmt-v1-abc...123');
  });

  it('tell their kind by their format, and nothing else passes', () => {
    expect(keyKind(newApiKey())).toBe('api');
    expect(keyKind(newManagementKey())).toBe('management');
    const digits = 'a'.repeat(64);
    for (const text of ['', 'sk-proj-1', `sk-or-v1-${digits}0`, `sk-or-v1-${digits.toUpperCase()}`]) {
      expect(keyKind(text)).toBeUndefined();
    }
  });

  it('refuse to mask what is no key, without quoting it', () => {
    expect(() => keyLabel('my-secret')).toThrow(RangeError);
    expect(() => keyLabel('my-secret')).not.toThrow(/my-secret/);
  });
});
