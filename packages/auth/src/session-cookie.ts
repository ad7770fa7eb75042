import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';

/** A secret that only this server sets and reads, in a browser. */
export interface SecretCookie {
  /** What the browser sent; `undefined` when it sent none. */
  read(req: Request): string | undefined;
  /** @param maxAgeMs how long the browser keeps it */
  write(req: Request, res: Response, secret: string, maxAgeMs: number): void;
  clear(req: Request, res: Response): void;
}

export interface SecretCookieOptions {
  readonly name: string;
  /** Whether the browser reaches this server through TLS. @default what `req.secure` says */
  readonly secure?: boolean | undefined;
}

/**
 * A cookie that scripts cannot read, that other sites' forms do not carry, and that behind TLS has the prefix `__Host-`:
 * then no other host of the domain, and nobody on the line, can plant one.
 */
export function secretCookie(options: SecretCookieOptions): SecretCookie {
  const isSecure = (req: Request): boolean => options.secure ?? req.secure;
  const nameFor = (req: Request): string => (isSecure(req) ? `__Host-${options.name}` : options.name);
  const set = (req: Request, res: Response, value: string, maxAgeMs: number): void => {
    const cookie = stringifySetCookie({
      name: nameFor(req),
      value,
      maxAge: Math.floor(maxAgeMs / 1000),
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure(req),
    });
    res.appendHeader('Set-Cookie', cookie);
  };
  return {
    read(req) {
      const { cookie } = req.headers;
      const value = cookie === undefined ? undefined : parseCookie(cookie)[nameFor(req)];
      return value === '' ? undefined : value;
    },
    write: set,
    clear: (req, res) => set(req, res, '', 0),
  };
}
