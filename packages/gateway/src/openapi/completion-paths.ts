import { REQUEST_SCHEMAS, SURFACE_PATHS, type Surface } from '@onerouter/core';
import { z } from 'zod';
import type {
  ZodOpenApiMediaTypeObject,
  ZodOpenApiOperationObject,
  ZodOpenApiPathsObject,
} from 'zod-openapi';
import { COMPLETION_SHAPES } from './completion-shapes.ts';
import { quoted } from './quote-shape.ts';

interface About {
  readonly tag: string;
  readonly summary: string;
  readonly streams: boolean;
}

const ABOUT: Readonly<Record<Surface, About>> = {
  chat: { tag: 'Chat', summary: 'Chat completion, whole or as a stream', streams: true },
  completions: { tag: 'Completions', summary: 'Legacy completion, whole or as a stream', streams: true },
  embeddings: { tag: 'Embeddings', summary: 'Embeddings', streams: false },
};
const CALLERS = [{ api_key: [] }, { session: [] }];

const stream: ZodOpenApiMediaTypeObject = {
  schema: z.string().meta({
    description:
      'Server-sent events: chunks in the same form with `delta` for `message`, comments that keep it alive, and `data: [DONE]` at the end. A failure after the first output is a chunk with `error`.',
  }),
};

const headers = z.object({
  'X-Generation-Id': z.string().meta({ description: 'For `/generation?id=`.' }),
  'X-OneRouter-Cache': z.enum(['hit', 'miss']),
});

/** Completions, and with `/quote` behind each what it would cost. */
export const completionPaths: ZodOpenApiPathsObject = Object.fromEntries(
  (Object.keys(SURFACE_PATHS) as Surface[]).flatMap((surface) => [
    [SURFACE_PATHS[surface], { post: completion(surface) }],
    [`${SURFACE_PATHS[surface]}/quote`, { post: quotation(surface) }],
  ]),
);

function completion(surface: Surface): ZodOpenApiOperationObject {
  const { streams } = ABOUT[surface];
  return {
    operationId: surface,
    ...about(surface, ABOUT[surface].summary),
    responses: {
      '200': {
        description: "OpenAI's answer, with `provider`, `usage.cost` and `cost` added.",
        headers,
        content: {
          'application/json': { schema: COMPLETION_SHAPES[surface] },
          ...(streams && { 'text/event-stream': stream }),
        },
      },
    },
  };
}

function quotation(surface: Surface): ZodOpenApiOperationObject {
  return {
    operationId: `${surface}_quote`,
    ...about(surface, 'Who would answer, and what it may cost; nothing is sent and nothing reserved'),
    responses: { '200': { description: 'The quote.', content: { 'application/json': { schema: quoted } } } },
  };
}

function about(
  surface: Surface,
  summary: string,
): Pick<ZodOpenApiOperationObject, 'tags' | 'summary' | 'security' | 'requestBody'> {
  return {
    tags: [ABOUT[surface].tag],
    summary,
    security: CALLERS,
    requestBody: { required: true, content: { 'application/json': { schema: REQUEST_SCHEMAS[surface] } } },
  };
}
