import { REQUEST_SCHEMAS, SURFACE_PATHS, type Surface } from '@onerouter/core';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';

const error = z
  .object({
    error: z.object({
      code: z.int().meta({ description: 'The HTTP status.' }),
      message: z.string(),
      type: z.string(),
      param: z.string().nullable(),
      metadata: z.looseObject({ error_type: z.string(), origin: z.enum(['gateway', 'upstream', 'client']) }),
    }),
  })
  .meta({ id: 'Error' });

const SUMMARIES: Readonly<Record<Surface, string>> = {
  chat: 'Chat completion, whole or as a stream',
  completions: 'Legacy completion, whole or as a stream',
  embeddings: 'Embeddings',
};

const STREAMING: ReadonlySet<Surface> = new Set(['chat', 'completions']);

type Read = readonly [path: string, summary: string, query?: Readonly<Record<string, string>>];

/** Routes that read. `{name}` in a path is a parameter. */
const OPEN_READS: readonly Read[] = [
  [
    '/models',
    'Models on offer, with prices',
    {
      q: 'Text to look for in id and name',
      supported_parameters: 'Comma-separated',
      input_modalities: 'Comma-separated',
      output_modalities: 'Comma-separated',
      context: 'Least context length',
      providers: 'Comma-separated',
      sort: 'How to order',
      offset: 'Where to begin',
      limit: 'How many at most',
    },
  ],
  ['/models/count', 'How many models are on offer'],
  ['/models/{author}/{slug}', 'One model'],
  ['/models/{author}/{slug}/endpoints', 'Where a model is served, with price, limits and health'],
  ['/providers', 'Providers that are configured'],
];
const OWNER_READS: readonly Read[] = [
  ['/models/user', "Models that this key's account may use"],
  ['/key', 'Limit and spending of the key that asks'],
  ['/credits', 'Credits bought and used'],
  [
    '/generation',
    'The record of one exchange: tokens, cost, attempts, times',
    { id: 'Generation id, from X-Generation-Id' },
  ],
];

/**
 * The API in OpenAPI 3.1, as JSON text. Request bodies are described by the very schemas that check them.
 */
export function describeApi(): string {
  written ??= JSON.stringify(document());
  return written;
}

let written: string | undefined;

function document(): object {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'OneRouter',
      version: '1.0.0',
      description:
        'One OpenAI-compatible endpoint over many models and providers. Mounted at /v1 and /api/v1 alike.',
    },
    servers: [{ url: '/v1' }, { url: '/api/v1' }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', description: 'sk-or-v1-…' } },
    },
    paths: {
      ...Object.fromEntries(
        (Object.keys(SURFACE_PATHS) as Surface[]).map((one) => [
          SURFACE_PATHS[one],
          { post: completion(one) },
        ]),
      ),
      ...Object.fromEntries(
        (Object.keys(SURFACE_PATHS) as Surface[]).map((one) => [
          `${SURFACE_PATHS[one]}/quote`,
          { post: quotation(one) },
        ]),
      ),
      ...reads(OPEN_READS, false),
      ...reads(OWNER_READS, true),
    },
  });
}

function completion(surface: Surface): ZodOpenApiOperationObject {
  return {
    operationId: surface,
    summary: SUMMARIES[surface],
    security: [{ bearer: [] }],
    requestBody: { required: true, content: { 'application/json': { schema: REQUEST_SCHEMAS[surface] } } },
    responses: {
      '200': {
        description: "OpenAI's answer, with `provider`, `usage.cost` and `cost` added.",
        content: {
          'application/json': { schema: z.looseObject({ id: z.string(), model: z.string() }) },
          ...(STREAMING.has(surface) ? { 'text/event-stream': { schema: z.string() } } : {}),
        },
      },
      ...ERRORS,
    },
  };
}

const usd = z.string().meta({ description: 'Decimal text in USD.' });

const quoted = z
  .object({
    data: z.object({
      model: z.string(),
      candidates: z.array(
        z.object({
          provider: z.string(),
          model: z.string(),
          endpoint_id: z.string(),
          pricing: z.looseObject({}),
          healthy: z.boolean(),
        }),
      ),
      excluded: z.array(z.object({ provider: z.string(), model: z.string(), filter: z.string() })),
      reservation_usd: usd,
      worst_case_cost_usd: usd,
      affordable_max_tokens: z.int(),
      available_usd: usd,
    }),
  })
  .meta({ id: 'Quote' });

function quotation(surface: Surface): ZodOpenApiOperationObject {
  return {
    operationId: `${surface}_quote`,
    summary: 'Who would answer, and what it may cost; nothing is sent and nothing reserved',
    security: [{ bearer: [] }],
    requestBody: { required: true, content: { 'application/json': { schema: REQUEST_SCHEMAS[surface] } } },
    responses: {
      '200': { description: 'The quote.', content: { 'application/json': { schema: quoted } } },
      ...ERRORS,
    },
  };
}

const ERRORS = {
  default: {
    description: 'Any error. `error.code` is the HTTP status, `error.metadata.error_type` the kind.',
    content: { 'application/json': { schema: error } },
  },
};

function reads(list: readonly Read[], owner: boolean): ZodOpenApiPathsObject {
  return Object.fromEntries(
    list.map(([path, summary, query = {}]) => [
      path,
      {
        get: {
          operationId: path
            .replaceAll(/[^a-z]+/g, ' ')
            .trim()
            .replaceAll(' ', '_'),
          summary,
          ...(owner ? { security: [{ bearer: [] }] } : {}),
          parameters: [
            ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
              name: name ?? '',
              in: 'path' as const,
              required: true,
              schema: { type: 'string' as const },
            })),
            ...Object.entries(query).map(([name, description]) => ({
              name,
              in: 'query' as const,
              description,
              schema: { type: 'string' as const },
            })),
          ],
          responses: {
            '200': { description: summary, content: { 'application/json': { schema: z.looseObject({}) } } },
            ...ERRORS,
          },
        },
      },
    ]),
  );
}
