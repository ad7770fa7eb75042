import type { Request } from 'express';
import { Strategy, type VerifyFunction } from 'passport-http-bearer';

/**
 * passport-http-bearer that looks at the Authorization header only. The original also takes `access_token` from the
 * query, where keys end in access logs, and from the body, which belongs to the provider.
 */
export class HeaderBearer extends Strategy<VerifyFunction> {
  override authenticate(req: Request, options?: object): void {
    super.authenticate({ headers: req.headers } as Request, options);
  }
}
