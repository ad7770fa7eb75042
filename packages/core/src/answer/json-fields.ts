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
 * @param json text that `JSON.parse` accepts as an object, as bytes
 */
export function topLevelFields(json: Buffer): FieldSpan[] {
  const fields: FieldSpan[] = [];
  let at = skipSpace(json, 0) + 1;
  for (;;) {
    at = skipSpace(json, at);
    if (json[at] === 0x2c) at = skipSpace(json, at + 1);
    if (at >= json.length || json[at] === 0x7d) return fields;
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
 * @param edits by field name: JSON text to set, or `undefined` to remove
 * @param defaults JSON text for fields that are not there
 */
export function editFields(
  json: Buffer,
  edits: ReadonlyMap<string, string | undefined>,
  defaults: ReadonlyMap<string, string> = NO_DEFAULTS,
): Buffer {
  const fields = topLevelFields(json);
  const last = new Map(fields.map(({ name }, index) => [name, index]));
  const parts: Buffer[] = [];
  const missing = new Map(edits);
  for (const [name, value] of defaults) if (!last.has(name)) missing.set(name, value);
  let kept = 0;
  let from = 0;
  for (const [index, field] of fields.entries()) {
    if (!edits.has(field.name) && last.get(field.name) === index) {
      kept += 1;
      continue;
    }
    missing.delete(field.name);
    const value = edits.get(field.name);
    if (value !== undefined) {
      kept += 1;
      parts.push(json.subarray(from, field.valueStart), Buffer.from(value));
      from = field.valueEnd;
    } else if (kept > 0) {
      // With the comma before it.
      parts.push(json.subarray(from, fields[index - 1]?.valueEnd));
      from = field.valueEnd;
    } else {
      // With the comma behind it, if there is one.
      parts.push(json.subarray(from, field.keyStart));
      from = fields[index + 1]?.keyStart ?? field.valueEnd;
    }
  }
  let added = '';
  for (const [name, value] of missing) {
    if (value === undefined) continue;
    added += `${kept > 0 ? ',' : ''}${JSON.stringify(name)}:${value}`;
    kept += 1;
  }
  if (added !== '') {
    const end = fields.at(-1)?.valueEnd ?? skipSpace(json, 0) + 1;
    parts.push(json.subarray(from, end), Buffer.from(added));
    from = end;
  }
  parts.push(json.subarray(from));
  return Buffer.concat(parts);
}

const NO_DEFAULTS: ReadonlyMap<string, string> = new Map();

function keyName(json: Buffer, start: number, end: number): string {
  const raw = json.toString('utf8', start + 1, end - 1);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}

function skipSpace(json: Buffer, at: number): number {
  for (;;) {
    const byte = json[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
  }
}

/** Index behind the closing quote of the string that begins at `at`. */
function endOfString(json: Buffer, at: number): number {
  let close = at;
  for (;;) {
    close = json.indexOf(QUOTE, close + 1);
    if (close < 0) return json.length;
    let slashes = 0;
    while (json[close - 1 - slashes] === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return close + 1;
  }
}

function endOfValue(json: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    switch (json[at]) {
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

function trimEnd(json: Buffer, end: number): number {
  let at = end;
  while (json[at - 1] === 0x20 || json[at - 1] === 0x0a || json[at - 1] === 0x0d || json[at - 1] === 0x09)
    at -= 1;
  return at;
}
