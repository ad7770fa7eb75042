import type { UpstreamRefusal } from '@onerouter/core';

const CONTEXT_LENGTH =
  /context.?(?:length|window)|maximum context|prompt is too long|too many (?:input )?tokens|reduce the length/i;
const CONTENT_POLICY = /content.?(?:policy|filter|management)|safety|moderation|flagged/i;
const PLAIN_NAME = /^[a-zA-Z_][\w.[\]]{0,63}$/;

/** What an error body says, in our words; its own text stays here, since it can quote prompts and keys. */
export function readRefusal(body: Buffer): UpstreamRefusal {
  const error = parseError(body);
  const code = `${text(error['code'])} ${text(error['type'])}`;
  const message = text(error['message']);
  const param = text(error['param']);
  return {
    kind: kindOf(code, message),
    param: PLAIN_NAME.test(param) ? param : null,
  };
}

function kindOf(code: string, message: string): UpstreamRefusal['kind'] {
  if (CONTEXT_LENGTH.test(code) || CONTEXT_LENGTH.test(message)) return 'context_length';
  if (CONTENT_POLICY.test(code) || CONTENT_POLICY.test(message)) return 'content_policy';
  return 'other';
}

function parseError(body: Buffer): Record<string, unknown> {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as { error?: unknown } | null;
    const error = parsed?.error ?? parsed;
    if (typeof error === 'object' && error !== null) return error as Record<string, unknown>;
    return { message: error };
  } catch {
    return { message: body.toString('utf8') };
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
