import { isUtf8 } from 'node:buffer';
import type { Request, RequestHandler } from 'express';
import { GatewayError } from '../errors.ts';
import { bodySlot, type RequestBody } from './body.ts';
import { readFacts } from './facts.ts';
import { REQUEST_SCHEMAS, type CommonRequest } from './schemas.ts';
import type { Surface } from './surface.ts';
import { readRaw } from './raw.ts';
import { withoutMedia } from './without-media.ts';

export interface ReadBodyOptions {
  readonly surface: Surface;
  /** Largest body, in bytes. @default 33554432 (32 MiB) */
  readonly maxBytes?: number;
}

export const DEFAULT_MAX_BODY_BYTES: number = 32 * 1024 * 1024;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/**
 * Reads the body once as bytes, parses it once, and checks the fields that routing and money rest on. Where a foreign
 * server's parser has run already, its `req.body` is taken instead.
 *
 * @throws {GatewayError} `unsupported_media_type` 415, `payload_too_large` 413, `invalid_request` 400 with the name of
 *   the field in `param`
 */
export function readBody(options: ReadBodyOptions): RequestHandler {
  const { surface, maxBytes = DEFAULT_MAX_BODY_BYTES } = options;
  return async function readBody(req, _res, next) {
    bodySlot.set(req, parse(surface, await collect(req, maxBytes)));
    next();
  };
}

async function collect(req: Request, maxBytes: number): Promise<{ raw: Buffer; json?: unknown }> {
  const parsed = req.body as unknown;
  if (Buffer.isBuffer(parsed)) return { raw: parsed };
  if (typeof parsed === 'string' && parsed !== '') return { raw: Buffer.from(parsed) };
  if (typeof parsed === 'object' && parsed !== null && req.readableEnded) {
    return { raw: Buffer.from(JSON.stringify(parsed)), json: parsed };
  }
  if (!JSON_TYPE.test(req.headers['content-type'] ?? '')) {
    throw new GatewayError(
      'unsupported_media_type',
      'The body must be JSON. Send Content-Type: application/json.',
    );
  }
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new GatewayError(
      'unsupported_media_type',
      'Compressed request bodies are not accepted. Send the JSON as it is.',
    );
  }
  return { raw: await readRaw(req, maxBytes) };
}

function parse(surface: Surface, { raw, json }: { raw: Buffer; json?: unknown }): RequestBody {
  const value = json ?? parseJson(raw);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new GatewayError('invalid_request', 'The body must be a JSON object.');
  }
  const checked = REQUEST_SCHEMAS[surface].safeParse(value);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    const param = issue?.path.map(String).join('.') ?? '';
    throw new GatewayError(
      'invalid_request',
      `Invalid value${param && ` for ${param}`}: ${issue?.message ?? 'not accepted'}.`,
      {
        param: param || null,
      },
    );
  }
  const body = value as CommonRequest;
  return { raw, json: body, facts: readFacts(surface, body) };
}

function parseJson(raw: Buffer): unknown {
  // Read loosely, different bytes would become the same text: one request could be given another's cached answer.
  if (!isUtf8(raw)) throw notJson();
  try {
    return JSON.parse(withoutMedia(raw).toString('utf8'));
  } catch {
    // The parser's own text quotes the body, which must not reach a log.
    throw notJson();
  }
}

function notJson(): GatewayError {
  return new GatewayError(
    'invalid_request',
    'The body is not valid JSON. Check quotes, commas and the encoding (UTF-8).',
  );
}
