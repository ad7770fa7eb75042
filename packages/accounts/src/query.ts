import { GatewayError } from '@onerouter/core';
import type { Request } from 'express';
import type { z } from 'zod';

/**
 * Reads and checks the query of a request. A parameter that is there twice is an array, which no schema here takes.
 *
 * @throws {GatewayError} `invalid_request` 400 with the name of the parameter in `param`
 */
export function readQuery<T>(req: Request, schema: z.ZodType<T>): T {
  const checked = schema.safeParse(req.query);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const param = unknown ?? issue?.path.map(String).join('.') ?? '';
  const message = `Invalid value${param && ` for ${param}`}: ${issue?.message ?? 'not accepted'}.`;
  throw new GatewayError('invalid_request', message, { param: param || null });
}
