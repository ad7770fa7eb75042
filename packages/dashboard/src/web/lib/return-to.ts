import { facts } from './facts.ts';

/** This page's address below the mount, ready for a query. */
export function hereAsReturnTo(): string {
  const path = location.pathname.slice(facts.base.length);
  return encodeURIComponent(`${path}${location.search}`);
}

/**
 * Where to go after signing in: a path below the mount, never another site.
 *
 * @param text `return_to` of the query
 */
export function safeReturnTo(text: string | null): string {
  if (text === null || !text.startsWith('/') || !URL.canParse(text, location.origin)) return '/';
  const { origin, pathname, search, hash } = new URL(text, location.origin);
  // What browsers make of tabs, backslashes and dots is known only after parsing.
  return origin === location.origin && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}
