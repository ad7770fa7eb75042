import { Router, type Request, type Response } from 'express';
import type { Money } from './money.ts';
import type { Objects, StripeObject } from './objects.ts';

/** What a test may make the fake refuse. */
export interface Moods {
  /** The next charges of saved cards are declined with this message. */
  decline: string | undefined;
  /** The next refunds are refused with this message. */
  refuseRefunds: string | undefined;
}

type Fields = Record<string, unknown>;

/** The part of Stripe's API that gateways use, under `/v1`. Bodies come form-encoded, parsed already. */
export function stripeApi(objects: Objects, money: Money, moods: Moods, url: () => string): Router {
  const api = Router();
  const show = (res: Response, one: StripeObject | undefined, expand: unknown): void => {
    if (one) res.json(expanded(objects, one, expand));
    else refuse(res, 404, 'invalid_request_error', 'resource_missing', 'No such object.');
  };

  api.post('/customers', (req, res) => show(res, objects.add('customer', 'cus', fields(req)), undefined));

  api.post('/checkout/sessions', (req, res) => {
    const asked = fields(req);
    const setup = asked['mode'] === 'setup';
    const total = setup ? null : sumOf(asked['line_items']);
    const session = objects.add('checkout.session', 'cs_test', {
      ...asked,
      amount_total: total,
      currency: 'usd',
      status: 'open',
      payment_status: setup ? 'no_payment_required' : 'unpaid',
      payment_intent: null,
      setup_intent: null,
    });
    session['url'] = `${url()}/checkout/${session.id}`;
    show(res, session, undefined);
  });

  api.post('/payment_intents', (req, res) => {
    const asked = fields(req);
    const amount = Number(asked['amount']);
    const intent = objects.add('payment_intent', 'pi', {
      ...asked,
      amount,
      amount_received: 0,
      status: 'processing',
    });
    if (moods.decline !== undefined) {
      money.fail(intent, moods.decline);
      return refuse(res, 402, 'card_error', 'card_declined', moods.decline, { payment_intent: intent });
    }
    money.succeed(intent);
    show(res, intent, asked['expand']);
  });

  api.post('/payment_methods/:id/detach', (req, res) => {
    const method = objects.get(req.params.id);
    if (method) method['customer'] = null;
    show(res, method, undefined);
  });

  api.post('/refunds', (req, res) => {
    const { payment_intent: intent, amount, metadata } = fields(req);
    if (moods.refuseRefunds !== undefined) {
      return refuse(res, 400, 'invalid_request_error', 'charge_disputed', moods.refuseRefunds);
    }
    try {
      show(res, money.refund(String(intent), Number(amount), metadata as Record<string, string>), undefined);
    } catch (error) {
      refuse(res, 400, 'invalid_request_error', 'charge_already_refunded', (error as Error).message);
    }
  });

  api.get('/:kind', (req, res) => {
    const { created, limit = 10, starting_after: after, expand, ...wanted } = req.query as Fields;
    const since = Number((created as Fields | undefined)?.['gte'] ?? 0);
    const all = objects.list(singular(req.params.kind), (one) => one.created >= since && fits(one, wanted));
    const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const page = all.slice(from, from + Number(limit));
    const inData = list(expand).map((path) => path.replace(/^data\./, ''));
    res.json({
      object: 'list',
      url: req.originalUrl,
      has_more: from + page.length < all.length,
      data: page.map((one) => expanded(objects, one, inData)),
    });
  });

  api.get(['/:kind/:id', '/checkout/:kind/:id'], (req, res) =>
    show(res, objects.get(req.params['id']), req.query['expand']),
  );
  return api;
}

/** An error as Stripe answers it. */
export function refuse(
  res: Response,
  status: number,
  type: string,
  code: string,
  message: string,
  more: Fields = {},
): void {
  res.status(status).json({ error: { type, code, message, ...more } });
}

function fields(req: Request): Fields {
  return { ...(req.body as Fields) };
}

function singular(kind: string): string {
  return kind.replace(/s$/, '');
}

function fits(one: StripeObject, wanted: Fields): boolean {
  return Object.entries(wanted).every(([field, value]) => one[field] === value);
}

function sumOf(items: unknown): number {
  const lines = Object.values(
    (items ?? {}) as Record<string, { quantity: string; price_data: { unit_amount: string } }>,
  );
  return lines.reduce(
    (sum, { quantity, price_data: price }) => sum + Number(quantity) * Number(price.unit_amount),
    0,
  );
}

/** Lists come as `expand[0]=…`. */
function list(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).map(String) : [];
}

function expanded(objects: Objects, one: StripeObject, expand: unknown): StripeObject {
  const copy = structuredClone(one);
  for (const field of list(expand)) copy[field] = objects.get(copy[field]) ?? copy[field];
  return copy;
}
