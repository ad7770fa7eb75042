import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { errorAnswer } from './error-shape.ts';
import { mergePaths } from './merge-paths.ts';
import { inUse, SECURITY_SCHEMES } from './security.ts';

/**
 * The API in OpenAPI 3.1, as JSON text that is written when it is first asked for. Every operation that names no `default`
 * answer gets the shared error.
 *
 * @param parts paths below the mount, each from the package that serves them
 * @throws {TypeError} when two parts describe the same operation, or one asks for a security scheme that there is not
 */
export function describeApi(parts: readonly ZodOpenApiPathsObject[]): () => string {
  const paths = mergePaths(parts, errorAnswer);
  const securitySchemes = inUse(SECURITY_SCHEMES, paths);
  let written: string | undefined;
  return () => (written ??= JSON.stringify(document(paths, securitySchemes)));
}

function document(paths: ZodOpenApiPathsObject, securitySchemes: ReturnType<typeof inUse>): object {
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'OneRouter',
        version: '1.0.0',
        description:
          'One OpenAI-compatible endpoint over many models and providers. Mounted at /v1 and /api/v1 alike.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/v1' }, { url: '/api/v1' }],
      components: { securitySchemes },
      paths,
    },
    { override: simplify },
  );
}

/**
 * What answers may gain later must not break those who check them by the document; and a time needs no pattern of two
 * hundred characters beside its format.
 */
function simplify({ jsonSchema, io }: Rendered): void {
  if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}

interface Rendered {
  readonly jsonSchema: { additionalProperties?: unknown; format?: string; pattern?: string };
  readonly io: 'input' | 'output';
}
