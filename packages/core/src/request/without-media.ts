import { hash } from 'node:crypto';

/** Media shorter than this are parsed like any other text. */
export const MIN_CUT_BYTES: number = 16 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Begins a data URL, or is the key of an `input_audio`'s bytes. */
const MARK = Buffer.from('"data');
const DIGEST = /^\0sha256:[0-9a-f]{64}:(\d{1,10})$/;
const KEY = /^"data"\s*:\s*"/;

/**
 * A JSON text with each large medium (a data URL, the `data` of an audio part) replaced by its digest. Parsing a
 * megabyte of base64 takes over a millisecond and leaves a copy of it to the garbage collector, and nobody wants the
 * text: what routes, meters and charges needs to know that it is there, the cache whether it is the same.
 *
 * @param json bytes that should be JSON; what is no JSON stays none
 */
export function withoutMedia(json: Buffer): Buffer {
  if (json.length < MIN_CUT_BYTES) return json;
  const parts: Buffer[] = [];
  let from = 0;
  let escapeAt = -1;
  for (let at = json.indexOf(MARK); at >= 0;) {
    const start = startOfMedium(json, at);
    const end = start < 0 ? -1 : json.indexOf(QUOTE, start);
    if (escapeAt < start) escapeAt = json.indexOf(BACKSLASH, start);
    if (escapeAt < 0) escapeAt = json.length;
    // Base64 needs no escapes: a string with one is something else, or ends further on.
    if (end - start >= MIN_CUT_BYTES && escapeAt > end) {
      parts.push(json.subarray(from, start), digestOf(json.subarray(start, end)));
      from = end;
    }
    at = json.indexOf(MARK, Math.max(at + MARK.length, from));
  }
  if (parts.length === 0) return json;
  parts.push(json.subarray(from));
  return Buffer.concat(parts);
}

/** UTF-8 bytes that a text of the request had, also where its digest stands in its place. */
export function originalBytes(text: string): number {
  const cut = text.charCodeAt(0) === 0 ? DIGEST.exec(text)?.[1] : undefined;
  return cut === undefined ? Buffer.byteLength(text) : Number(cut);
}

/** Where the medium's text begins, or -1 when the mark at this place is part of some other text. */
function startOfMedium(json: Buffer, at: number): number {
  if (json[at - 1] === BACKSLASH) return -1;
  if (json[at + MARK.length] === 0x3a) return at + 1;
  const key = KEY.exec(json.toString('latin1', at, at + 32));
  return key ? at + key[0].length : -1;
}

function digestOf(medium: Buffer): Buffer {
  return Buffer.from(`\\u0000sha256:${hash('sha256', medium)}:${medium.length}`);
}
