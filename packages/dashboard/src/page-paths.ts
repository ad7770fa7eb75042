/** First path segments that are pages; each with whatever is below it. */
const AREAS: ReadonlySet<string> = new Set([
  'models',
  'chat',
  'activity',
  'logs',
  'credits',
  'keys',
  'settings',
  'operator',
  'sign-in',
  'sign-up',
  'reset',
  'auth',
  'docs',
]);

/** Whether a path below the mount is one of the pages. */
export function isPage(path: string): boolean {
  const first = path.split('/')[1] ?? '';
  return path === '/' || AREAS.has(first);
}
