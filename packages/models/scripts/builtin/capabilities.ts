import type { ModelConfig } from '../../src/catalogue/config.ts';

type Modalities = NonNullable<ModelConfig['inputModalities']>;

const COMMON = ['max_tokens', 'temperature', 'top_p', 'stop', 'tools', 'tool_choice', 'response_format'];
const PENALTIES = ['frequency_penalty', 'presence_penalty'];
const OPEN_WEIGHTS = ['top_k', 'min_p', 'repetition_penalty', 'seed', 'logprobs', 'logit_bias', ...PENALTIES];

/** Parameters that a provider's OpenAI-compatible route takes beside the common ones. */
const EXTRA: Readonly<Record<string, readonly string[]>> = {
  openai: [
    'max_completion_tokens',
    'seed',
    'logprobs',
    'top_logprobs',
    'logit_bias',
    'parallel_tool_calls',
    'structured_outputs',
    'prediction',
    ...PENALTIES,
  ],
  anthropic: ['parallel_tool_calls', 'max_completion_tokens'],
  google: ['seed', 'structured_outputs', ...PENALTIES],
  mistral: ['parallel_tool_calls', 'structured_outputs', ...PENALTIES],
  groq: ['seed', 'parallel_tool_calls', 'max_completion_tokens', ...PENALTIES],
  deepseek: ['logprobs', 'top_logprobs', ...PENALTIES],
  xai: ['seed', 'logprobs', 'top_logprobs', 'structured_outputs', ...PENALTIES],
  cerebras: ['seed', 'logprobs', 'structured_outputs', 'parallel_tool_calls'],
  moonshot: PENALTIES,
  perplexity: ['top_k', 'structured_outputs', ...PENALTIES],
};

/** What reasoning models of OpenAI refuse. */
const NOT_WHILE_REASONING = new Set([
  'temperature',
  'top_p',
  'stop',
  'logprobs',
  'top_logprobs',
  'logit_bias',
  'prediction',
  ...PENALTIES,
]);

export interface Abilities {
  readonly reasoning: boolean;
  readonly tools: boolean;
}

/** OpenAI request parameters that a provider's model understands. */
export function parametersOf(provider: string, { reasoning, tools }: Abilities): readonly string[] {
  let names = [...COMMON, ...(EXTRA[provider] ?? OPEN_WEIGHTS)];
  if (!tools) names = names.filter((name) => !/tool/.test(name));
  // Anthropic's OpenAI-compatible route ignores it, by its own documentation.
  if (provider === 'anthropic') names = names.filter((name) => name !== 'response_format');
  if (reasoning) {
    names.push('reasoning', 'include_reasoning', 'reasoning_effort');
    if (provider === 'openai') names = names.filter((name) => !NOT_WHILE_REASONING.has(name));
  }
  return [...new Set(names)].toSorted();
}

/** What a model takes in: what the sources say, and what is known of its family that they leave out. */
export function inputOf(id: string, stated: readonly string[]): Modalities {
  const has = new Set(stated.map((one) => (one === 'pdf' ? 'file' : one)));
  if (/^(openai|anthropic)\//.test(id) && has.has('image')) has.add('file');
  if (id.startsWith('google/gemini')) for (const one of ['image', 'file', 'audio', 'video']) has.add(one);
  has.add('text');
  return (['text', 'image', 'file', 'audio', 'video'] as const).filter((one) => has.has(one));
}
