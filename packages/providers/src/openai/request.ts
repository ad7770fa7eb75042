import { editBytes, type UpstreamCall } from '@onerouter/core';

/** Request fields that speak to the gateway and mean nothing, or something else, to a provider. */
export const GATEWAY_FIELDS: readonly string[] = [
  'provider',
  'models',
  'usage',
  'route',
  'transforms',
  'session_id',
  'plugins',
  'preset',
  'trace',
  'debug',
];

/** The client's bytes with the provider's model name, usage always asked for in streams, and no gateway fields. */
export function phraseRequest(call: UpstreamCall, outputLimitField: string): Buffer {
  const { body, candidate, outputLimit } = call;
  const edits = new Map<string, string | undefined>([
    ['model', JSON.stringify(candidate.endpoint.upstreamModel)],
  ]);
  for (const field of GATEWAY_FIELDS) if (field in body.json) edits.set(field, undefined);
  for (const field of body.facts.fields) if (isDisguised(field)) edits.set(field, undefined);
  if (body.facts.stream) {
    edits.set('stream_options', JSON.stringify({ ...body.json.stream_options, include_usage: true }));
  }
  if (outputLimit !== undefined && call.surface !== 'embeddings') {
    // A limit of null counts as named by nobody.
    edits.set(call.surface === 'chat' ? outputLimitField : 'max_tokens', String(outputLimit));
  }
  return editBytes(body.raw, edits);
}

/** Fields that decide on the bill: what the gateway has read must be what the provider reads. */
const DECISIVE: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'n',
  'best_of',
  'max_tokens',
  'max_completion_tokens',
]);

/** Some servers take field names in any case: to them `Model` is the model. */
function isDisguised(field: string): boolean {
  return !DECISIVE.has(field) && DECISIVE.has(field.toLowerCase());
}
