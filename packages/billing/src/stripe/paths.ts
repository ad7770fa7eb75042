import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { autoTopUpBody, cardBody, checkoutBody, paymentsQuery, priceQuery } from './requests.ts';
import { autoTopUpShape, checkoutShape, pageShape, paymentShape, priceShape } from './shapes.ts';

const OWNERS = [{ management_key: [] }, { session: [] }];
const PEOPLE = [{ session: [] }];

/** The routes of `stripeCredits()` for an OpenAPI document, requests described by the schemas that check them. */
export const stripeCreditsPaths: ZodOpenApiPathsObject = {
  '/credits/methods': {
    get: {
      ...about('getCreditMethods', 'How credits can be bought', OWNERS),
      ...answers(z.object({ stripe: z.literal(true) })),
    },
  },
  '/credits/price': {
    get: {
      ...about('getCreditPrice', 'What some credit costs, fee and all', OWNERS),
      requestParams: { query: priceQuery },
      ...answers(priceShape),
    },
  },
  '/credits/checkout': {
    post: {
      ...about(
        'createCheckout',
        'Open a page of Stripe to buy credits on; Idempotency-Key is honoured',
        OWNERS,
      ),
      ...takes(checkoutBody),
      ...answers(checkoutShape),
    },
  },
  '/credits/payments': {
    get: {
      ...about('listPayments', 'Payments for credits, newest first', OWNERS),
      requestParams: { query: paymentsQuery },
      ...responds(z.object({ data: z.array(paymentShape), next_cursor: z.string().nullable() })),
    },
  },
  '/credits/payments/{id}/refund': {
    post: {
      ...about('refundPayment', 'Give back the unused credit of a payment, within a day', OWNERS),
      requestParams: { path: z.object({ id: z.string() }) },
      ...answers(paymentShape),
    },
  },
  '/credits/auto-top-up': {
    get: {
      ...about('getAutoTopUp', 'Automatic top-ups from the saved card', OWNERS),
      ...answers(autoTopUpShape),
    },
    put: {
      ...about('setAutoTopUp', 'Switch automatic top-ups on or off', OWNERS),
      ...takes(autoTopUpBody),
      ...answers(autoTopUpShape),
    },
  },
  '/credits/card': {
    post: {
      ...about('saveCard', 'Open a page of Stripe to save a card on', PEOPLE),
      ...takes(cardBody),
      ...answers(pageShape),
    },
    delete: {
      ...about('deleteCard', 'Forget the saved card', PEOPLE),
      ...answers(z.object({ deleted: z.literal(true) })),
    },
  },
};

function about(
  operationId: string,
  summary: string,
  security: NonNullable<ZodOpenApiOperationObject['security']>,
): Pick<ZodOpenApiOperationObject, 'operationId' | 'tags' | 'summary' | 'security'> {
  return { operationId, tags: ['Credits'], summary, security };
}

function takes(schema: z.ZodType): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function answers(data: z.ZodType): Pick<ZodOpenApiOperationObject, 'responses'> {
  return responds(z.object({ data }));
}

function responds(schema: z.ZodType): Pick<ZodOpenApiOperationObject, 'responses'> {
  return {
    responses: { '200': { description: 'The answer.', content: { 'application/json': { schema } } } },
  };
}
