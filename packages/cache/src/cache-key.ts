import { createHash, hash, type Hash } from 'node:crypto';
import type { Surface } from '@onerouter/core';

/** Nesting deeper than this is not cached: the walk must not meet the end of the stack. */
export const MAX_KEY_DEPTH = 200;

/** Fields of a request that change how an answer is shown or accounted for, but not what it says. */
const PRESENTATION: ReadonlySet<string> = new Set([
  'stream',
  'stream_options',
  'usage',
  'user',
  'metadata',
  'trace',
]);

/** Strings from here on go to the hash as they are; shorter ones are gathered first. */
const LONG_STRING = 16_384;

/** Thrown and caught in here alone. */
const NO_KEY: Error = new Error('This body has no cache key.');

/**
 * The name under which the answer to a request is kept: SHA-256 in hex of the tenant, the surface and every field of the
 * body that can change the answer. The order of properties does not matter, at any depth; that of lists does.
 *
 * @param tenant whose answers may be shared, usually the account
 * @returns `undefined` for a body that cannot be told apart safely: nested too deep, or with an integer that a
 *   JavaScript number cannot hold
 */
export function cacheKey(
  tenant: string,
  surface: Surface,
  body: Readonly<Record<string, unknown>>,
): string | undefined {
  const writer = new KeyWriter();
  try {
    writer.string(tenant);
    writer.string(surface);
    writer.object(body, 0, PRESENTATION);
    return writer.digest();
  } catch (err) {
    if (err === NO_KEY) return undefined;
    throw err;
  }
}

/*
 * Each value is written as a type mark, its length where it has one, and its content, so that no two values can look
 * alike. One text for all that is short and one call to hash it: a call for each token would cost more than the hashing.
 *
 * Measured beside one hash over safe-stable-stringify's text: a 1 KB chat body 3.3 µs against 4.2, a 1 MB image 0.75 ms
 * against 3.4. Stringifying escapes and copies the megabyte before it is hashed; here it is only hashed.
 */
class KeyWriter {
  #text = '';
  #hash: Hash | undefined;

  string(value: string): void {
    if (value.length < LONG_STRING) {
      this.#text += value.isWellFormed() ? `s${value.length}:${value}` : escaped(value);
      return;
    }
    this.#hash ??= createHash('sha256');
    if (value.isWellFormed()) {
      this.#hash.update(`${this.#text}s${value.length}:`).update(value);
    } else {
      this.#hash.update(this.#text).update(escaped(value));
    }
    this.#text = '';
  }

  object(value: Readonly<Record<string, unknown>>, depth: number, without?: ReadonlySet<string>): void {
    const names = Object.keys(value);
    if (names.length > 1) names.sort();
    this.#text += '{';
    for (const name of names) {
      const field = value[name];
      // A foreign parser may leave `undefined`, which never goes upstream.
      if (field === undefined || without?.has(name)) continue;
      this.string(name);
      this.#value(field, depth + 1);
    }
    this.#text += '}';
  }

  digest(): string {
    return this.#hash ? this.#hash.update(this.#text).digest('hex') : hash('sha256', this.#text, 'hex');
  }

  #value(value: unknown, depth: number): void {
    switch (typeof value) {
      case 'string':
        return this.string(value);
      case 'number':
        // Beyond this two seeds can be one number here, while the provider is sent the digits and tells them apart.
        if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
          throw NO_KEY;
        this.#text += `n${value};`;
        return;
      case 'boolean':
        this.#text += value ? 't' : 'f';
        return;
      case 'object':
        return this.#nested(value, depth);
      default:
        throw NO_KEY;
    }
  }

  #nested(value: object | null, depth: number): void {
    if (value === null) {
      this.#text += 'z';
      return;
    }
    if (depth > MAX_KEY_DEPTH) throw NO_KEY;
    if (Array.isArray(value)) {
      this.#text += `[${value.length}:`;
      for (const one of value) this.#value(one, depth + 1);
      return;
    }
    // A Date or the like from a foreign parser, which stringifies to what its fields do not show.
    if (typeof (value as { toJSON?: unknown }).toJSON === 'function') throw NO_KEY;
    this.object(value as Record<string, unknown>, depth);
  }
}

/** Lone surrogates would all become the same character in UTF-8. */
function escaped(value: string): string {
  const text = JSON.stringify(value);
  return `e${text.length}:${text}`;
}
