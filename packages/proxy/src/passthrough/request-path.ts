/** A request's path below `/providers`, read so that everybody reads it the same way. */
export interface RequestPath {
  /** Decoded: `['alpha', 'files', 'a b']`. */
  readonly segments: readonly string[];
  /** Without the `?`; possibly `''`. */
  readonly query: string;
}

/** RFC 3986's `pchar`, and escapes. */
const SEGMENT = /^(?:[\w\-.~!$&'()*+,;=:@]|%[0-9a-f]{2})+$/i;
/** No fragment, no control character, nothing beyond ASCII. */
const QUERY = /^[\x21\x22\x24-\x7e]*$/;
/** Some servers take `..;x` for `..`, and some take more dots than two. */
const DOTS = /^\.+(?:;|$)/;
/** What a server behind could take for the end of a segment, or decode a second time. */
const AMBIGUOUS = /[/\\%\p{Cc}]/u;

/**
 * Reads the path of a request. Everything that servers are known to read differently is refused rather than cleaned up:
 * empty and dot segments, escaped slashes and backslashes, double escapes, control characters, bytes that are no UTF-8.
 *
 * @returns `undefined` for a path that nothing can be passed through at
 */
export function readPath(url: string): RequestPath | undefined {
  const at = url.indexOf('?');
  const path = at === -1 ? url : url.slice(0, at);
  const query = at === -1 ? '' : url.slice(at + 1);
  if (!path.startsWith('/') || !QUERY.test(query)) return undefined;
  const segments: string[] = [];
  for (const raw of path.slice(1).split('/')) {
    const segment = SEGMENT.test(raw) ? decode(raw) : undefined;
    if (segment === undefined || DOTS.test(segment) || AMBIGUOUS.test(segment)) return undefined;
    segments.push(segment);
  }
  return { segments, query };
}

/** Segments as a path again. What was matched is what goes out: the client's own spelling is not kept. */
export function writePath(segments: readonly string[]): string {
  return segments
    .map((segment) => `/${encodeURI(segment).replace(/[?#]/g, (mark) => encodeURIComponent(mark))}`)
    .join('');
}

function decode(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}
