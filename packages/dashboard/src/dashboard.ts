import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import expressStaticGzip from 'express-static-gzip';
import helmet from 'helmet';
import { readShell } from './built-files.ts';
import type { DashboardFacts, DashboardOptions } from './options.ts';
import { pageHtml } from './page-html.ts';
import { isPage } from './page-paths.ts';
import { securityHeaders } from './security-headers.ts';

/** Where the pages expect the API. */
export const DEFAULT_API_BASE = '/api/v1';
const YEAR_MS = 31_536_000_000;

/**
 * The web pages. Mount it anywhere on the origin of the API; what is not a page or a file of a page falls through.
 *
 * @throws {DashboardNotBuilt} when the pages have not been built
 */
export function dashboard(options: DashboardOptions = {}): Router {
  const { facts = {}, apiBase = DEFAULT_API_BASE } = options;
  const directory = options.directory ?? fileURLToPath(new URL('../dist/web', import.meta.url));
  const shell = readShell(directory);
  const files = expressStaticGzip(`${directory}/_app`, {
    enableBrotli: true,
    orderPreference: ['br', 'gz'],
    index: false,
    serveStatic: { immutable: true, maxAge: YEAR_MS, redirect: false },
  });
  const router = Router();

  function sendPage(req: Request, res: Response): void {
    const styleNonce = randomBytes(18).toString('base64');
    const told: DashboardFacts = typeof facts === 'function' ? facts(req) : facts;
    securityHeaders(shell.scriptHashes, styleNonce)(req, res, () => {
      res.set('Cache-Control', 'no-cache').type('html');
      res.send(pageHtml(shell.html, { ...told, base: req.baseUrl, apiBase, styleNonce }));
    });
  }

  const showPage: RequestHandler = function showPage(req, res, next) {
    if ((req.method === 'GET' || req.method === 'HEAD') && isPage(req.path)) sendPage(req, res);
    else next();
  };
  router.use(
    '/_app',
    helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } }),
    files,
    notThere,
  );
  router.use(showPage);
  return router;
}

/** A file that was there when the pages were mounted, and has gone since, has left a header behind. */
const notThere: RequestHandler = function notThere(_req, res, next) {
  res.removeHeader('Content-Encoding');
  next();
};
