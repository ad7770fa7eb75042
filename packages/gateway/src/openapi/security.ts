import type { oas31, ZodOpenApiPathsObject } from 'zod-openapi';
import { operationsOf } from './merge-paths.ts';

type Schemes = Readonly<Record<string, oas31.SecuritySchemeObject>>;

/** Who may call, by the names that operations use. */
export const SECURITY_SCHEMES: Schemes = {
  api_key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'sk-or-v1-…',
    description: 'An API key, for inference.',
  },
  management_key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'sk-or-mgmt-v1-…',
    description: 'A management key, for administration of its account.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'onerouter_session',
    description:
      'The cookie of somebody who signed in. Requests that change something must come from the same origin.',
  },
};

/**
 * The schemes that operations ask for.
 *
 * @throws {TypeError} naming an operation that asks for another
 */
export function inUse(
  schemes: Schemes,
  paths: ZodOpenApiPathsObject,
): Record<string, oas31.SecuritySchemeObject> {
  const used = new Set<string>();
  for (const [name, { security = [] }] of operationsOf(paths)) {
    for (const scheme of security.flatMap(Object.keys)) {
      if (!(scheme in schemes))
        throw new TypeError(`${name} asks for the unknown security scheme ${scheme}.`);
      used.add(scheme);
    }
  }
  return Object.fromEntries(Object.entries(schemes).filter(([name]) => used.has(name)));
}
