import type { Request } from 'express';
import type { z } from 'zod';
import { GatewayError } from '../errors.ts';
import { readRaw } from './raw.ts';

/** Requests for administration are small. */
export const MAX_JSON_BODY_BYTES: number = 64 * 1024;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/**
 * Reads and checks the JSON body of a request for administration. A body that a foreign server has parsed already is
 * taken as it is.
 *
 * @throws {GatewayError} `unsupported_media_type` 415, `payload_too_large` 413, `invalid_request` 400 with the name of
 *   the field in `param`
 */
export async function readJsonBody<T>(req: Request, schema: z.ZodType<T>): Promise<T> {
  const checked = schema.safeParse(await readValue(req));
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  const param = issue?.path.map(String).join('.') ?? '';
  const message = `Invalid value${param && ` for ${param}`}: ${issue?.message ?? 'not accepted'}.`;
  throw new GatewayError('invalid_request', message, { param: param || null });
}

async function readValue(req: Request): Promise<unknown> {
  const parsed = req.body as unknown;
  if (typeof parsed === 'object' && parsed !== null && !Buffer.isBuffer(parsed)) return parsed;
  if (!JSON_TYPE.test(req.headers['content-type'] ?? '')) {
    throw new GatewayError(
      'unsupported_media_type',
      'The body must be JSON. Send Content-Type: application/json.',
    );
  }
  const raw = Buffer.isBuffer(parsed) ? parsed : await readRaw(req, MAX_JSON_BODY_BYTES);
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new GatewayError('invalid_request', 'The body is not valid JSON.');
  }
}
