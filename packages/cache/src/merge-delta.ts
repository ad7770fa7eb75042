/** Fields whose latest value counts. All other texts in a delta are pieces of one text. */
const REPLACED: ReadonlySet<string> = new Set([
  'id',
  'type',
  'role',
  'name',
  'index',
  'format',
  'signature',
  'expires_at',
]);

type Fields = Record<string, unknown>;

/**
 * Adds a delta of a stream to the message that grows from it: texts are joined, lists are extended, items of a list that
 * carry an `index` are merged with the item of that index, and `null` says nothing.
 */
export function mergeDelta(message: Fields, delta: Fields): void {
  for (const name of Object.keys(delta)) {
    const piece = delta[name];
    // Assigning to this name would exchange the prototype.
    if (piece === null || piece === undefined || name === '__proto__') continue;
    const sofar = message[name];
    if (typeof piece === 'string' && typeof sofar === 'string' && !REPLACED.has(name)) {
      message[name] = sofar + piece;
    } else if (Array.isArray(piece)) {
      message[name] = mergeList(Array.isArray(sofar) ? (sofar as unknown[]) : [], piece);
    } else if (isFields(piece)) {
      const grown = isFields(sofar) ? sofar : {};
      mergeDelta(grown, piece);
      message[name] = grown;
    } else {
      message[name] = piece;
    }
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mergeList(list: unknown[], pieces: readonly unknown[]): unknown[] {
  for (const piece of pieces) {
    const sofar = isFields(piece) ? sameItem(list, piece) : undefined;
    if (sofar) mergeDelta(sofar, piece as Fields);
    else if (isFields(piece)) {
      const item: Fields = {};
      mergeDelta(item, piece);
      list.push(item);
    } else list.push(piece);
  }
  return list;
}

/** Reasoning details of different types may share an index; they are different items. */
function sameItem(list: readonly unknown[], piece: Fields): Fields | undefined {
  const { index, type } = piece as { index?: unknown; type?: unknown };
  if (typeof index !== 'number') return undefined;
  return list.find(
    (item): item is Fields =>
      isFields(item) &&
      item['index'] === index &&
      (type === undefined || item['type'] === undefined || item['type'] === type),
  );
}
