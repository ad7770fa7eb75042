/** A path from the configuration: names stand for one segment, a last `*` for one or more. */
export interface PathPattern {
  /** As it was written. */
  readonly text: string;
  /** What each segment must be; `undefined` where anything goes. */
  readonly segments: readonly (string | undefined)[];
  /** Whether one or more segments follow. */
  readonly open: boolean;
}

const NAME = /^:\w+$/;
const LITERAL = /^(?!\.+$)[\w\-.~@+][\w\-.~@+:]*$/;

/**
 * Reads a pattern. Segments are compared whole and exactly: no pattern of a configuration becomes a regular expression.
 *
 * @throws {TypeError} saying what is wrong
 */
export function parsePattern(text: string): PathPattern {
  if (typeof text !== 'string' || !text.startsWith('/')) throw new TypeError('must begin with a slash');
  const parts = text.slice(1).split('/');
  const open = parts.at(-1) === '*';
  if (open) parts.pop();
  const segments = parts.map((part) => {
    if (NAME.test(part)) return undefined;
    if (LITERAL.test(part)) return part;
    throw new TypeError(
      `has the segment ${JSON.stringify(part)}; a segment is plain text or :name, and the last one may be *`,
    );
  });
  return { text, segments, open };
}

/** Whether a path fits a pattern. */
export function matches(pattern: PathPattern, path: readonly string[]): boolean {
  const { segments, open } = pattern;
  if (open ? path.length <= segments.length : path.length !== segments.length) return false;
  return segments.every((segment, index) => segment === undefined || segment === path[index]);
}
