import { latin1ToUtf8, utf8ToLatin1 } from './bytes-as-text.ts';

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

/**
 * Finds the top-level fields of a JSON object without parsing what is inside them; strings are skipped with a native
 * search, so that a megabyte of base64 costs next to nothing.
 *
 * @param json text that `JSON.parse` accepts as an object, as latin1: a character for each byte
 */
export function topLevelFields(json: string): FieldSpan[] {
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

/**
 * Replaces, removes and adds top-level fields, leaving every other byte as it was. A field that stands twice is edited
 * in both places, and one that is not edited keeps its last place only, so that no parser's choice between duplicates
 * can differ from ours: a limit that the gateway read as 1 must not be 100,000 to the provider.
 *
 * @param json text that `JSON.parse` accepts as an object, as latin1: a character for each byte
 * @param edits by field name: JSON text to set, or `undefined` to remove
 * @param defaults JSON text for fields that are not there
 * @returns latin1 text
 */
export function editFields(
  json: string,
  edits: ReadonlyMap<string, string | undefined>,
  defaults: ReadonlyMap<string, string> = NO_DEFAULTS,
): string {
  const fields = topLevelFields(json);
  const last = new Map<string, number>();
  for (let index = 0; index < fields.length; index += 1) last.set(fields[index]?.name ?? '', index);
  let edited = '';
  let kept = 0;
  let from = 0;
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index] as FieldSpan;
    const { name } = field;
    const value = edits.get(name);
    if (value === undefined && !edits.has(name) && last.get(name) === index) {
      kept += 1;
    } else if (value !== undefined) {
      kept += 1;
      edited += json.slice(from, field.valueStart) + utf8ToLatin1(value);
      from = field.valueEnd;
    } else if (kept > 0) {
      // With the comma before it.
      edited += json.slice(from, fields[index - 1]?.valueEnd);
      from = field.valueEnd;
    } else {
      // With the comma behind it, if there is one.
      edited += json.slice(from, field.keyStart);
      from = fields[index + 1]?.keyStart ?? field.valueEnd;
    }
  }
  let added = '';
  const add = (value: string | undefined, name: string): void => {
    if (value === undefined || last.has(name)) return;
    added += `${kept > 0 ? ',' : ''}${JSON.stringify(name)}:${value}`;
    kept += 1;
  };
  edits.forEach(add);
  for (const [name, value] of defaults) if (!edits.has(name)) add(value, name);
  if (added !== '') {
    const end = fields.at(-1)?.valueEnd ?? skipSpace(json, 0) + 1;
    edited += json.slice(from, end) + utf8ToLatin1(added);
    from = end;
  }
  return edited + json.slice(from);
}

const NO_DEFAULTS: ReadonlyMap<string, string> = new Map();

function keyName(json: string, start: number, end: number): string {
  const raw = latin1ToUtf8(json.slice(start + 1, end - 1));
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}

function skipSpace(json: string, at: number): number {
  for (;;) {
    if (!isSpace(json.charCodeAt(at))) return at;
    at += 1;
  }
}

/** Index behind the closing quote of the string that begins at `at`. */
function endOfString(json: string, at: number): number {
  let close = at;
  for (;;) {
    close = json.indexOf('"', close + 1);
    if (close < 0) return json.length;
    let slashes = 0;
    while (json.charCodeAt(close - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return close + 1;
  }
}

function endOfValue(json: string, start: number): number {
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

function trimEnd(json: string, end: number): number {
  let at = end;
  while (isSpace(json.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
