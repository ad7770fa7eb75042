import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { creditBalance, creditEntry, entriesQuery } from './credit-shapes.ts';

/** The routes of `creditRoutes()` for an OpenAPI document. */
export const creditPaths: ZodOpenApiPathsObject = {
  '/credits/balance': {
    get: {
      operationId: 'getCreditBalance',
      ...forOwners('Balance, and the credits that it is made of'),
      ...answers(z.object({ data: creditBalance })),
    },
  },
  '/credits/entries': {
    get: {
      operationId: 'listCreditEntries',
      ...forOwners('What was paid, granted, refunded, disputed and what expired, newest first'),
      requestParams: { query: entriesQuery },
      ...answers(z.object({ data: z.array(creditEntry), next_cursor: z.string().nullable() })),
    },
  },
};

/** `GET /credits/methods` of an app that sells no credits. */
export const noPaymentPaths: ZodOpenApiPathsObject = {
  '/credits/methods': {
    get: {
      operationId: 'getCreditMethods',
      ...forOwners('How credits can be bought'),
      ...answers(z.object({ data: z.object({ stripe: z.literal(false) }) })),
    },
  },
};

function forOwners(summary: string): Pick<ZodOpenApiOperationObject, 'tags' | 'summary' | 'security'> {
  return { tags: ['Credits'], summary, security: [{ management_key: [] }, { session: [] }] };
}

function answers(schema: z.ZodType): Pick<ZodOpenApiOperationObject, 'responses'> {
  return {
    responses: { '200': { description: 'The answer.', content: { 'application/json': { schema } } } },
  };
}
