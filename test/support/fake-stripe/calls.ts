import type { RequestHandler } from 'express';
import { refuse } from './api.ts';

/** A call that the fake's API has received. */
export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string | undefined;
}

interface Kept {
  readonly body: string;
  readonly status: number;
  readonly answer: unknown;
}

export interface Calls {
  readonly received: ReceivedCall[];
  readonly middleware: RequestHandler;
  /** `down`: nothing is done. `lost`: it is done, and the answer never comes. */
  outage: 'down' | 'lost' | undefined;
}

/** Authentication, idempotency keys and outages, before the API proper. */
export function calls(secretKey: string): Calls {
  const kept = new Map<string, Kept>();
  const received: ReceivedCall[] = [];
  const state: Calls = {
    received,
    outage: undefined,
    middleware(req, res, next) {
      const idempotencyKey = req.get('idempotency-key');
      const body = (req.body ?? {}) as Record<string, unknown>;
      received.push({ method: req.method, path: req.path, body, idempotencyKey });
      if (req.get('authorization') !== `Bearer ${secretKey}`) {
        return refuse(res, 401, 'invalid_request_error', 'api_key_invalid', `Invalid API Key: ${secretKey}`);
      }
      // So that the library does not wait and try again, which tests have no time for.
      res.setHeader('stripe-should-retry', 'false');
      if (state.outage === 'down') return refuse(res, 500, 'api_error', 'down', 'The fake is down.');
      const name = idempotencyKey === undefined ? undefined : `${req.path} ${idempotencyKey}`;
      const earlier = name === undefined ? undefined : kept.get(name);
      if (earlier && earlier.body !== JSON.stringify(body)) {
        return refuse(
          res,
          400,
          'idempotency_error',
          'idempotency_key_in_use',
          'The key was used differently.',
        );
      }
      if (earlier) return void res.status(earlier.status).json(earlier.answer);
      const send = res.json.bind(res);
      res.json = (answer: unknown) => {
        if (name !== undefined)
          kept.set(name, { body: JSON.stringify(body), status: res.statusCode, answer });
        if (state.outage !== 'lost') return send(answer);
        res.statusCode = 500;
        return send({ error: { type: 'api_error', code: 'lost', message: 'The answer was lost.' } });
      };
      next();
    },
  };
  return state;
}
