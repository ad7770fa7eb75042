import type { Request, Response } from 'express';
import type { HealthView } from '../resolve/health.ts';
import { writePage, type FixedAnswer, type Listing } from './listing.ts';
import { narrow } from './narrow.ts';
import { readListQuery } from './query.ts';
import { sortList } from './sort-list.ts';

/** Sends an answer that was made before, or 304 to a client that has it. */
export function sendFixed(res: Response, answer: FixedAnswer): void {
  // `no-cache` lets it be kept, and asked for again with If-None-Match.
  res.set({
    'Content-Type': 'application/json; charset=utf-8',
    ETag: answer.etag,
    'Cache-Control': 'private, no-cache',
  });
  res.send(answer.body);
}

/** Sends a list: whole and as it was written, or what the query leaves of it. */
export function sendList(req: Request, res: Response, listing: Listing, health: HealthView): void {
  if (Object.keys(req.query).length === 0) return sendFixed(res, listing.all);
  const query = readListQuery(req.query);
  const found = sortList(narrow(listing.models, query), query.sort, health);
  const offset = query.offset ?? 0;
  const end = query.limit === undefined ? found.length : offset + query.limit;
  const next = end < found.length ? nextPage(req, end) : null;
  res.set('Content-Type', 'application/json; charset=utf-8');
  res.send(writePage(found.slice(offset, end), found.length, next));
}

function nextPage(req: Request, offset: number): string {
  const url = new URL(req.originalUrl, 'http://localhost');
  url.searchParams.set('offset', String(offset));
  return `${url.pathname}${url.search}`;
}
