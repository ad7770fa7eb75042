import type { RequestHandler } from 'express';

/** Keeps answers about a person, and secrets, out of every cache. */
export function noStore(): RequestHandler {
  return function noStore(_req, res, next) {
    res.setHeader('Cache-Control', 'no-store');
    next();
  };
}
