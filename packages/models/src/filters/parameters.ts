import type { CommonRequest } from '@onerouter/core';
import type { Ask, Filter } from '../resolve/ask.ts';

/** Parameters that change what an answer is: an endpoint that is known to ignore them is never used for them. */
export const DECISIVE_PARAMETERS: readonly string[] = ['tools', 'tool_choice', 'response_format'];

/** Fields that are no model parameters: what is asked, and what the gateway keeps. */
const NO_PARAMETERS: ReadonlySet<string> = new Set([
  'model',
  'models',
  'messages',
  'prompt',
  'input',
  'stream',
  'stream_options',
  'provider',
  'usage',
  'user',
  'metadata',
  'trace',
  'session_id',
  'transforms',
  'route',
  'plugins',
  'store',
  'n',
]);

/** Another name under which a list may have the parameter. */
const SYNONYMS: Readonly<Record<string, string>> = {
  max_completion_tokens: 'max_tokens',
  max_tokens: 'max_completion_tokens',
  reasoning_effort: 'reasoning',
  functions: 'tools',
  function_call: 'tool_choice',
};

/**
 * Endpoints that are known not to understand what was asked: the decisive parameters always, every parameter of the
 * request with `provider.require_parameters`. An endpoint whose parameters are unknown stays.
 */
export const parametersFilter: Filter = {
  name: 'require_parameters',
  forAsk(ask) {
    const needed = neededParameters(ask);
    if (needed.length === 0) return undefined;
    return ({ endpoint: { supportedParameters } }) =>
      supportedParameters === null ||
      needed.every(
        (name) => supportedParameters.includes(name) || supportedParameters.includes(SYNONYMS[name] ?? name),
      );
  },
};

function neededParameters({ body, facts, preferences }: Ask): readonly string[] {
  const names = preferences.require_parameters === true ? facts.fields : DECISIVE_PARAMETERS;
  return names.filter((name) => !NO_PARAMETERS.has(name) && asksSomething(name, body));
}

/** Whether the field has an effect: `tools: []` and `response_format: {type: "text"}` are what every model does. */
function asksSomething(name: string, body: CommonRequest): boolean {
  const value = body[name];
  if (value === undefined || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (name === 'response_format') return (value as { type?: unknown }).type !== 'text';
  if (name === 'tool_choice') return value !== 'none' && value !== 'auto';
  return true;
}
