import { utf8ToLatin1 } from './bytes-as-text.ts';
import { scannableBytes, skipSpace, topLevelFields, type FieldSpan, type Scannable } from './json-scan.ts';

/** By field name: JSON text to set, or `undefined` to remove. */
export type FieldEdits = ReadonlyMap<string, string | undefined>;

/** Bodies up to this size are joined as text; of larger ones the copies would cost more than the objects. */
const JOINED_AS_TEXT = 16 * 1024;

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
  edits: FieldEdits,
  defaults: ReadonlyMap<string, string> = NO_DEFAULTS,
): string {
  let edited = '';
  for (const piece of piecesOf(json, edits, defaults)) {
    edited += typeof piece === 'string' ? piece : json.slice(piece[0], piece[1]);
  }
  return edited;
}

/** {@link editFields} for bodies that may be large: what stays is copied once, as bytes. */
export function editBytes(json: Buffer, edits: FieldEdits): Buffer {
  if (json.length <= JOINED_AS_TEXT) return Buffer.from(editFields(json.toString('latin1'), edits), 'latin1');
  return Buffer.concat(
    piecesOf(scannableBytes(json), edits, NO_DEFAULTS).map((piece) =>
      typeof piece === 'string' ? Buffer.from(piece, 'latin1') : json.subarray(piece[0], piece[1]),
    ),
  );
}

/** Latin1 text that is new, or where what stays begins and ends. */
type Piece = string | readonly [from: number, to: number];

function piecesOf(
  json: Scannable,
  edits: FieldEdits,
  defaults: ReadonlyMap<string, string>,
): readonly Piece[] {
  const fields = topLevelFields(json);
  const last = new Map<string, number>();
  for (let index = 0; index < fields.length; index += 1) last.set(fields[index]?.name ?? '', index);
  const pieces: Piece[] = [];
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
      pieces.push([from, field.valueStart], utf8ToLatin1(value));
      from = field.valueEnd;
    } else if (kept > 0) {
      // With the comma before it.
      pieces.push([from, fields[index - 1]?.valueEnd ?? from]);
      from = field.valueEnd;
    } else {
      // With the comma behind it, if there is one.
      pieces.push([from, field.keyStart]);
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
    pieces.push([from, end], utf8ToLatin1(added));
    from = end;
  }
  pieces.push([from, json.length]);
  return pieces;
}

const NO_DEFAULTS: ReadonlyMap<string, string> = new Map();
