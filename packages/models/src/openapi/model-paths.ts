import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiPathItemObject, ZodOpenApiPathsObject } from 'zod-openapi';
import { listQuery } from '../routes/query.ts';
import { endpoints, modelCount, modelList, oneModel, providerList } from './model-shapes.ts';

const TAGS = ['Models'];

/** The routes of `modelRoutes()` for an OpenAPI document, queries described by the schemas that check them. */
export const modelPaths: ZodOpenApiPathsObject = {
  '/models': {
    get: read('listModels', 'Models on offer, with prices', modelList, { query: listQuery }),
  },
  '/models/count': {
    get: read('countModels', 'How many models are on offer', modelCount, { query: listQuery }),
  },
  '/models/user': {
    get: {
      ...read('listModelsForUser', "Models that the caller's account may use", modelList, {
        query: listQuery,
      }),
      security: [{ api_key: [] }, { management_key: [] }, { session: [] }],
    },
  },
  '/embeddings/models': {
    get: read('listEmbeddingModels', 'Models that make embeddings', modelList, { query: listQuery }),
  },
  '/models/{author}/{slug}': oneModelAt(full(), 'getModel', 'One model'),
  '/models/{slug}': oneModelAt(alias(), 'getModelByAlias', 'One model, by an alias'),
  '/model/{author}/{slug}': oneModelAt(full(), 'getModelSingular', "One model, at OpenRouter's other path"),
  '/model/{slug}': oneModelAt(alias(), 'getModelSingularByAlias', 'One model, by an alias'),
  '/models/{author}/{slug}/endpoints': {
    get: read('listEndpoints', 'Where a model is served, with price, limits and health', endpoints, {
      path: full(),
    }),
  },
  '/models/{slug}/endpoints': {
    get: read('listEndpointsByAlias', 'Where a model is served, by an alias of it', endpoints, {
      path: alias(),
    }),
  },
  '/providers': {
    get: read('listProviders', 'Providers that are configured', providerList),
  },
};

function oneModelAt(path: z.ZodObject, operationId: string, summary: string): ZodOpenApiPathItemObject {
  return { get: read(operationId, summary, oneModel, { path }) };
}

function read(
  operationId: string,
  summary: string,
  schema: z.ZodType,
  requestParams: NonNullable<ZodOpenApiOperationObject['requestParams']> = {},
): ZodOpenApiOperationObject {
  return {
    operationId,
    tags: TAGS,
    summary,
    requestParams,
    responses: { '200': { description: summary, content: { 'application/json': { schema } } } },
  };
}

function full(): z.ZodObject {
  return z.object({ author: z.string(), slug: z.string() });
}

function alias(): z.ZodObject {
  return z.object({ slug: z.string().meta({ description: 'An alias, or the id with `/` as `%2F`.' }) });
}
