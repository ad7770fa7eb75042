import { latin1ToUtf8 } from './bytes-as-text.ts';

/** Where a top-level field of a JSON object stands in its text. */
export interface FieldSpan {
  readonly name: string;
  /** Of the opening quote of the name. */
  readonly keyStart: number;
  readonly valueStart: number;
  /** Behind the value. */
  readonly valueEnd: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** What can be scanned: latin1 text, or bytes in the disguise of it. */
export interface Scannable {
  readonly length: number;
  charCodeAt(at: number): number;
  indexOf(text: string, from: number): number;
  slice(from: number, to: number): string;
}

/** Bytes to scan as latin1 text without a copy. */
export function scannableBytes(bytes: Buffer): Scannable {
  return {
    length: bytes.length,
    charCodeAt: (at) => bytes[at] ?? Number.NaN,
    indexOf: (text, from) => bytes.indexOf(text, from, 'latin1'),
    slice: (from, to) => bytes.toString('latin1', from, to),
  };
}

/**
 * Finds the top-level fields of a JSON object without parsing what is inside them; strings are skipped with a native
 * search, so that a megabyte of base64 costs next to nothing.
 *
 * @param json text that `JSON.parse` accepts as an object, as latin1: a character for each byte
 */
export function topLevelFields(json: Scannable): FieldSpan[] {
  const fields: FieldSpan[] = [];
  let at = skipSpace(json, 0) + 1;
  for (;;) {
    at = skipSpace(json, at);
    if (json.charCodeAt(at) === 0x2c) at = skipSpace(json, at + 1);
    if (at >= json.length || json.charCodeAt(at) === 0x7d) return fields;
    const keyStart = at;
    const keyEnd = endOfString(json, at);
    const valueStart = skipSpace(json, skipSpace(json, keyEnd) + 1);
    at = endOfValue(json, valueStart);
    fields.push({ name: keyName(json, keyStart, keyEnd), keyStart, valueStart, valueEnd: at });
  }
}

function keyName(json: Scannable, start: number, end: number): string {
  const raw = latin1ToUtf8(json.slice(start + 1, end - 1));
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/** Index of the first character from `at` on that is no white space. */
export function skipSpace(json: Scannable, at: number): number {
  for (;;) {
    if (!isSpace(json.charCodeAt(at))) return at;
    at += 1;
  }
}

/** Index behind the closing quote of the string that begins at `at`. */
function endOfString(json: Scannable, at: number): number {
  let close = at;
  for (;;) {
    close = json.indexOf('"', close + 1);
    if (close < 0) return json.length;
    let slashes = 0;
    while (json.charCodeAt(close - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return close + 1;
  }
}

function endOfValue(json: Scannable, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at);
        if (depth === 0) return at;
        continue;
      case 0x7b:
      case 0x5b:
        depth += 1;
        break;
      case 0x7d:
      case 0x5d:
        if (depth === 0) return trimEnd(json, at);
        depth -= 1;
        if (depth === 0) return at + 1;
        break;
      case 0x2c:
        if (depth === 0) return trimEnd(json, at);
        break;
      default:
        break;
    }
    at += 1;
  }
  return at;
}

function trimEnd(json: Scannable, end: number): number {
  let at = end;
  while (isSpace(json.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
