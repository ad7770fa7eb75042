import { GatewayError, type Exclusion } from '@onerouter/core';

/** So many excluded endpoints are named in an error; a list of hundreds helps nobody. */
export const MAX_NAMED_EXCLUSIONS = 20;

/** 400: the request names no model. */
export function missingModel(): GatewayError {
  return new GatewayError('invalid_request', 'Name a model in model. GET /models lists what there is.', {
    param: 'model',
  });
}

/** 404: none of the models asked for is known. */
export function unknownModel(asked: readonly string[], suggestions: readonly string[]): GatewayError {
  const hint =
    suggestions.length > 0 ? `Near names: ${suggestions.join(', ')}.` : 'GET /models lists what there is.';
  const names = asked.map((name) => JSON.stringify(name)).join(', ');
  return new GatewayError('not_found', `There is no model ${names}. ${hint}`, {
    param: 'model',
    metadata: { code: 'model_not_found', requested_models: asked, suggestions },
  });
}

/**
 * Every endpoint was removed. 503 when only transient filters did it, 400 when all that is left says that the prompt is
 * too long, else 404.
 */
export function nothingLeft(
  asked: readonly string[],
  excluded: readonly Exclusion[],
  transient: ReadonlySet<string>,
): GatewayError {
  const filters = [...new Set(excluded.map((one) => one.filter))];
  const named = excluded.slice(0, MAX_NAMED_EXCLUSIONS);
  const reasons = named.map((one) => `${one.provider} for ${one.model} (${one.filter})`).join(', ');
  const more = excluded.length > named.length ? ` and ${excluded.length - named.length} more` : '';
  const metadata = { requested_models: asked, excluded: named, excluded_by: filters };
  if (filters.length > 0 && filters.every((name) => transient.has(name))) {
    return new GatewayError(
      'unavailable',
      `No endpoint can serve this now: ${reasons}${more}. Retry later.`,
      {
        metadata: { code: 'temporarily_unavailable', ...metadata },
      },
    );
  }
  if (filters.length === 1 && filters[0] === 'context_length') {
    return new GatewayError(
      'context_length_exceeded',
      `The prompt is longer than the context of every endpoint: ${reasons}${more}. Shorten it, or use a larger model.`,
      { param: 'messages', metadata },
    );
  }
  const because = reasons === '' ? 'it has none' : `${reasons}${more}`;
  return new GatewayError(
    'not_found',
    `No endpoint can serve this as asked. Removed, and by which rule: ${because}. Relax that rule, or ask for another model.`,
    {
      param: filters.every((name) => OF_THE_PROVIDER_FIELD.has(name)) ? 'provider' : 'model',
      metadata: { code: 'no_endpoints', ...metadata },
    },
  );
}

const OF_THE_PROVIDER_FIELD: ReadonlySet<string> = new Set([
  'only',
  'ignore',
  'allow_fallbacks',
  'data_collection',
  'zdr',
  'quantizations',
  'max_price',
]);
