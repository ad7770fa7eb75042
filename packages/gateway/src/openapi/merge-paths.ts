import type {
  ZodOpenApiOperationObject,
  ZodOpenApiPathItemObject,
  ZodOpenApiPathsObject,
  ZodOpenApiResponseObject,
} from 'zod-openapi';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'trace'] as const;

/**
 * The paths of all parts, each operation with `otherwise` as its answer where it names no `default`.
 *
 * @throws {TypeError} when two parts describe the same operation
 */
export function mergePaths(
  parts: readonly ZodOpenApiPathsObject[],
  otherwise: ZodOpenApiResponseObject,
): ZodOpenApiPathsObject {
  const merged: Record<string, ZodOpenApiPathItemObject> = {};
  for (const [path, item] of parts.flatMap((part) => Object.entries(part) as PathEntry[])) {
    const known = merged[path] ?? {};
    const twice = METHODS.find((method) => known[method] && item[method]);
    if (twice) throw new TypeError(`${twice.toUpperCase()} ${path} is described twice.`);
    merged[path] = { ...known, ...withAnswers(item, otherwise) };
  }
  return merged;
}

/** Every operation with its name: `GET /models`. */
export function operationsOf(
  paths: ZodOpenApiPathsObject,
): readonly (readonly [name: string, operation: ZodOpenApiOperationObject])[] {
  return (Object.entries(paths) as PathEntry[]).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [[`${method.toUpperCase()} ${path}`, operation] as const] : [];
    }),
  );
}

type PathEntry = [path: string, item: ZodOpenApiPathItemObject];

function withAnswers(
  item: ZodOpenApiPathItemObject,
  otherwise: ZodOpenApiResponseObject,
): ZodOpenApiPathItemObject {
  const complete = { ...item };
  for (const method of METHODS) {
    const operation = item[method];
    if (operation) {
      complete[method] = {
        ...operation,
        responses: { ...operation.responses, default: operation.responses.default ?? otherwise },
      };
    }
  }
  return complete;
}
