import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** The policy of one visit: scripts and styles of our own, and nothing inline but what is named. */
export function securityHeaders(scriptHashes: readonly string[], styleNonce: string): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...scriptHashes],
        styleSrc: ["'self'", `'nonce-${styleNonce}'`],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Whether the host's other names speak TLS is not ours to say.
    strictTransportSecurity: { includeSubDomains: false },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}
