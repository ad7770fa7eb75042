import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import {
  accountsQuery,
  grantRequest,
  grantShape,
  operatorAccount,
  operatorAccountDetail,
  operatorProvider,
  operatorTotalsShape,
} from './operator-shapes.ts';

const id = z.object({ id: z.string().meta({ description: 'Id of the account.' }) });

/** The routes of `operatorRoutes()` for an OpenAPI document. */
export const operatorPaths: ZodOpenApiPathsObject = {
  '/operator/totals': {
    get: {
      operationId: 'getOperatorTotals',
      ...forOperators('Accounts, credits and use of the whole server'),
      ...answers(z.object({ data: operatorTotalsShape })),
    },
  },
  '/operator/providers': {
    get: {
      operationId: 'getOperatorProviders',
      ...forOperators('How the providers fare'),
      ...answers(z.object({ data: z.array(operatorProvider) })),
    },
  },
  '/operator/accounts': {
    get: {
      operationId: 'listOperatorAccounts',
      ...forOperators('Accounts, found by a part of their email or by their id'),
      requestParams: { query: accountsQuery },
      ...answers(z.object({ data: z.array(operatorAccount), next_cursor: z.string().nullable() })),
    },
  },
  '/operator/accounts/{id}': {
    get: {
      operationId: 'getOperatorAccount',
      ...forOperators('One account, with its latest entries'),
      requestParams: { path: id },
      ...answers(z.object({ data: operatorAccountDetail })),
    },
  },
  '/operator/accounts/{id}/grants': {
    post: {
      operationId: 'grantCredits',
      ...forOperators('Grants credits'),
      requestParams: { path: id },
      requestBody: { required: true, content: { 'application/json': { schema: grantRequest } } },
      ...answers(z.object({ data: grantShape }), '201'),
    },
  },
};

function forOperators(summary: string): Pick<ZodOpenApiOperationObject, 'tags' | 'summary' | 'security'> {
  return { tags: ['Operator'], summary, security: [{ management_key: [] }, { session: [] }] };
}

function answers(
  schema: z.ZodType,
  status: '200' | '201' = '200',
): Pick<ZodOpenApiOperationObject, 'responses'> {
  const description = status === '201' ? 'What was made.' : 'The answer.';
  return { responses: { [status]: { description, content: { 'application/json': { schema } } } } };
}
