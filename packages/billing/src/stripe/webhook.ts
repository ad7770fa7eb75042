import { GatewayError, loggableError, readRaw, toGatewayError, type Log } from '@onerouter/core';
import { Router, type Request } from 'express';
import type { Stripe } from 'stripe';
import { loggableStripeError } from './stripe-refusal.ts';
import type { StripeSettings } from './settings.ts';

/** Where Stripe sends its events. */
export const WEBHOOK_PATH = '/webhooks/stripe';

/** Events are small; nobody but Stripe has reason to send more. */
export const MAX_EVENT_BYTES: number = 1024 * 1024;

/** How soon an event that could not be booked should come again. Stripe has a schedule of its own; others may look. */
const RETRY_AFTER_MS = 30_000;

export interface WebhookOptions {
  readonly stripe: Stripe;
  readonly settings: Pick<StripeSettings, 'webhookSecrets' | 'toleranceMs' | 'live'>;
  readonly handle: (event: Stripe.Event) => Promise<void>;
  readonly log: Log;
}

/**
 * `POST /webhooks/stripe`, for the root of an app. An event is answered with 200 once what follows from it is committed,
 * so that Stripe sends again whatever was lost with a process.
 *
 * Errors: 400 for a signature that is missing, wrong or too old, and for an event of test mode to a live key or the other
 * way round; 413 for a body that is too large; 500 when another parser has taken the body; 503 when it could not be booked.
 */
export function webhookRoute(options: WebhookOptions): Router {
  const { handle, log } = options;
  const router = Router();
  router.post(WEBHOOK_PATH, async function stripeWebhook(req, res) {
    try {
      const event = verify(await rawBody(req), req.headers['stripe-signature'], options);
      await handle(event).catch((err: unknown) => {
        log.error(
          { err: loggableStripeError(err), event: event.id, type: event.type },
          'An event was not booked.',
        );
        throw notBooked(err);
      });
      res.json({ received: true });
    } catch (err) {
      const error = toGatewayError(err);
      if (error.status !== 503)
        log.warn({ err: loggableError(err), reason: error.message }, 'An event was refused.');
      if (error.retryAfterMs !== undefined) res.setHeader('Retry-After', String(error.retryAfterMs / 1000));
      res.status(error.status).json(error.toBody());
    }
  });
  return router;
}

function verify(raw: Buffer, header: string | string[] | undefined, options: WebhookOptions): Stripe.Event {
  const { stripe, settings } = options;
  if (typeof header !== 'string') throw refused('The Stripe-Signature header is missing.');
  const event = firstGenuine(stripe, settings, raw, header);
  if (!event) {
    throw refused('The signature is wrong or too old. Is webhookSecret the signing secret of this endpoint?');
  }
  if (
    settings.live !== undefined &&
    typeof event.livemode === 'boolean' &&
    event.livemode !== settings.live
  ) {
    throw refused(
      `This is an event of ${mode(event.livemode)} mode, but secretKey is of ${mode(settings.live)} mode.`,
    );
  }
  return event;
}

/** Tries each secret: while one replaces another, both are in use. */
function firstGenuine(
  stripe: Stripe,
  { webhookSecrets, toleranceMs }: WebhookOptions['settings'],
  raw: Buffer,
  header: string,
): Stripe.Event | undefined {
  for (const secret of webhookSecrets) {
    try {
      return stripe.webhooks.constructEvent(raw, header, secret, Math.ceil(toleranceMs / 1000));
    } catch {
      // Not this one.
    }
  }
  return undefined;
}

/** The bytes that were signed, also where a foreign server has read them and kept them. */
async function rawBody(req: Request): Promise<Buffer> {
  const parsed = req.body as unknown;
  if (Buffer.isBuffer(parsed)) return parsed;
  if (typeof parsed === 'string') return Buffer.from(parsed);
  const { rawBody: kept } = req as { rawBody?: unknown };
  if (Buffer.isBuffer(kept)) return kept;
  if (req.readableEnded || parsed !== undefined) {
    throw new GatewayError(
      'server',
      'The body was parsed before its signature could be checked. Mount the webhook before express.json(), or keep the ' +
        'bytes: express.json({ verify: (req, _res, buf) => { req.rawBody = buf; } }).',
    );
  }
  return readRaw(req, MAX_EVENT_BYTES);
}

function refused(message: string): GatewayError {
  return new GatewayError('invalid_request', message);
}

function notBooked(cause: unknown): GatewayError {
  return new GatewayError('unavailable', 'The event could not be booked. Send it again.', {
    retryAfterMs: RETRY_AFTER_MS,
    cause,
  });
}

function mode(live: boolean): string {
  return live ? 'live' : 'test';
}
