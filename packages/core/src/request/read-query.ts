import type { Request } from 'express';
import type { z } from 'zod';
import { GatewayError } from '../errors.ts';

/**
 * Checks the query of a request.
 *
 * @throws {GatewayError} `invalid_request` 400 with the name of the parameter in `param`
 */
export function readQuery<T>(req: Request, schema: z.ZodType<T>): T {
  const checked = schema.safeParse(req.query);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const param = unknown ?? issue?.path.map(String).join('.') ?? '';
  throw new GatewayError(
    'invalid_request',
    unknown === undefined
      ? `Invalid value${param && ` for ${param}`}: ${issue?.message ?? 'not accepted'}.`
      : 'There is no such parameter here; /openapi.json lists what there is.',
    { param: param || null },
  );
}
