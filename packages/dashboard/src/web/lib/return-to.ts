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
  if (text === null || !text.startsWith('/') || /^\/[/\\]|[\u0000-\u001f\\]/.test(text)) return '/';
  const url = new URL(text, location.origin);
  return url.origin === location.origin ? `${url.pathname}${url.search}${url.hash}` : '/';
}
