import { SURFACE_PATHS } from '@onerouter/core';

/** The paths that the gateway speaks itself, as segments. */
const PATHS: readonly (readonly string[])[] = Object.values(SURFACE_PATHS).map((path) =>
  path.slice(1).split('/'),
);

/**
 * The path of a surface that a path ends in, whatever stands before it: a base URL without its version puts `/v1` there.
 * Such a call has usage and a price by tokens, which a fixed price for a call would sell for a trifle.
 *
 * @param segments `undefined` stands for a segment of any text, which is judged when a call brings the text
 * @returns `/chat/completions`, for example; `undefined` when it ends in none
 */
export function dialectPath(segments: readonly (string | undefined)[]): string | undefined {
  const found = PATHS.find((path) => {
    const tail = segments.slice(-path.length);
    return (
      tail.length === path.length &&
      // Servers differ in whether case counts, so here it does not.
      path.every((part, index) => tail[index]?.toLowerCase() === part)
    );
  });
  return found && `/${found.join('/')}`;
}
