import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { createKeyRequest, updateKeyRequest } from '../key-requests.ts';
import { generation } from './generation-shape.ts';
import { credits, currentKey, deletedKey, keyList, newKey, oneKey } from './key-shapes.ts';

const ANY_KEY = [{ api_key: [] }, { management_key: [] }, { session: [] }];
const ADMINISTRATION = [{ management_key: [] }, { session: [] }];
const hash = z.object({
  hash: z.string().meta({ description: 'As `/keys` shows it: SHA-256 of the key, in hex.' }),
});

/** The routes of `accountRoutes()` for an OpenAPI document, bodies described by the schemas that check them. */
export const accountPaths: ZodOpenApiPathsObject = {
  '/key': {
    get: {
      operationId: 'getCurrentKey',
      tags: ['Keys'],
      summary: 'Limit and spending of the key that asks',
      security: [{ api_key: [] }, { management_key: [] }],
      ...answers(z.object({ data: currentKey })),
    },
  },
  '/keys': {
    get: {
      operationId: 'listKeys',
      ...administration('API keys of the account, newest first'),
      requestParams: {
        query: z.object({
          include_disabled: z
            .enum(['true', 'false'])
            .optional()
            .meta({ description: 'Whether disabled ones are listed too.' }),
          offset: z.int().nonnegative().optional().meta({ description: 'Keys to skip.' }),
        }),
      },
      ...answers(keyList),
    },
    post: {
      operationId: 'createKey',
      ...administration('Makes an API key, and shows it once'),
      ...takes(createKeyRequest),
      ...answers(newKey, '201'),
    },
  },
  '/keys/{hash}': {
    get: {
      operationId: 'getKey',
      ...administration('One API key'),
      requestParams: { path: hash },
      ...answers(oneKey),
    },
    patch: {
      operationId: 'updateKey',
      ...administration('Changes what the body names'),
      requestParams: { path: hash },
      ...takes(updateKeyRequest),
      ...answers(oneKey),
    },
    delete: {
      operationId: 'deleteKey',
      ...administration('Ends an API key for good'),
      requestParams: { path: hash },
      ...answers(deletedKey),
    },
  },
  '/credits': {
    get: {
      operationId: 'getCredits',
      tags: ['Credits'],
      summary: 'Credits bought and used',
      security: ANY_KEY,
      ...answers(credits),
    },
  },
  '/generation': {
    get: {
      operationId: 'getGeneration',
      tags: ['Activity'],
      summary: 'The record of one request: tokens, cost, attempts, times',
      security: ANY_KEY,
      requestParams: {
        query: z.object({ id: z.string().min(1).meta({ description: 'From the header X-Generation-Id.' }) }),
      },
      ...answers(generation),
    },
  },
};

function administration(summary: string): Pick<ZodOpenApiOperationObject, 'tags' | 'summary' | 'security'> {
  return { tags: ['Keys'], summary, security: ADMINISTRATION };
}

function takes(schema: z.ZodType): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function answers(
  schema: z.ZodType,
  status: '200' | '201' = '200',
): Pick<ZodOpenApiOperationObject, 'responses'> {
  const description = status === '201' ? 'What was made.' : 'The answer.';
  return { responses: { [status]: { description, content: { 'application/json': { schema } } } } };
}
