import type { Cancellation } from '@onerouter/core';

/** A provider that is known by name: what its configuration need not repeat. */
export interface ProviderPreset {
  readonly displayName: string;
  readonly baseUrl: string;
  /** The environment variable that such keys are commonly kept in. This package reads none. */
  readonly keyVariable: string;
  readonly outputLimitField?: 'max_tokens' | 'max_completion_tokens';
  /** @default 'stops-billing' */
  readonly cancellation?: Cancellation;
  /** Terms that allow training on what paying customers send through the API. @default false */
  readonly trainsOnPrompts?: boolean;
  /** Prompts are kept for some time, for example to watch for abuse. @default true */
  readonly retainsPrompts?: boolean;
}

/*
 * Every one offers OpenAI's wire format at this address. Who stops billing when the connection closes:
 * https://openrouter.ai/docs/api-reference/streaming ("Stream Cancellation").
 */
export const PROVIDER_PRESETS: Readonly<Record<string, ProviderPreset>> = {
  openai: {
    displayName: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    keyVariable: 'OPENAI_API_KEY',
    outputLimitField: 'max_completion_tokens',
  },
  anthropic: {
    displayName: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    keyVariable: 'ANTHROPIC_API_KEY',
  },
  google: {
    displayName: 'Google AI Studio',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyVariable: 'GEMINI_API_KEY',
    cancellation: 'drains',
  },
  mistral: {
    displayName: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    keyVariable: 'MISTRAL_API_KEY',
    cancellation: 'drains',
  },
  groq: {
    displayName: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    keyVariable: 'GROQ_API_KEY',
    cancellation: 'drains',
    retainsPrompts: false,
  },
  deepseek: {
    displayName: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com/v1',
    keyVariable: 'DEEPSEEK_API_KEY',
    trainsOnPrompts: true,
  },
  xai: { displayName: 'xAI', baseUrl: 'https://api.x.ai/v1', keyVariable: 'XAI_API_KEY' },
  together: {
    displayName: 'Together',
    baseUrl: 'https://api.together.xyz/v1',
    keyVariable: 'TOGETHER_API_KEY',
    retainsPrompts: false,
  },
  fireworks: {
    displayName: 'Fireworks',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    keyVariable: 'FIREWORKS_API_KEY',
    retainsPrompts: false,
  },
  cerebras: {
    displayName: 'Cerebras',
    baseUrl: 'https://api.cerebras.ai/v1',
    keyVariable: 'CEREBRAS_API_KEY',
    retainsPrompts: false,
  },
  deepinfra: {
    displayName: 'DeepInfra',
    baseUrl: 'https://api.deepinfra.com/v1/openai',
    keyVariable: 'DEEPINFRA_API_KEY',
    retainsPrompts: false,
  },
  perplexity: {
    displayName: 'Perplexity',
    baseUrl: 'https://api.perplexity.ai',
    keyVariable: 'PERPLEXITY_API_KEY',
    cancellation: 'drains',
  },
  moonshot: {
    displayName: 'Moonshot AI',
    baseUrl: 'https://api.moonshot.ai/v1',
    keyVariable: 'MOONSHOT_API_KEY',
  },
  nvidia: {
    displayName: 'NVIDIA NIM',
    baseUrl: 'https://integrate.api.nvidia.com/v1',
    keyVariable: 'NVIDIA_API_KEY',
  },
  alibaba: {
    displayName: 'Alibaba Cloud',
    baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    keyVariable: 'DASHSCOPE_API_KEY',
    cancellation: 'drains',
  },
  zai: { displayName: 'Z.AI', baseUrl: 'https://api.z.ai/api/paas/v4', keyVariable: 'ZAI_API_KEY' },
  minimax: {
    displayName: 'MiniMax',
    baseUrl: 'https://api.minimax.io/v1',
    keyVariable: 'MINIMAX_API_KEY',
    cancellation: 'drains',
  },
  novita: {
    displayName: 'Novita',
    baseUrl: 'https://api.novita.ai/v3/openai',
    keyVariable: 'NOVITA_API_KEY',
  },
  nebius: {
    displayName: 'Nebius',
    baseUrl: 'https://api.studio.nebius.com/v1',
    keyVariable: 'NEBIUS_API_KEY',
    cancellation: 'drains',
  },
  sambanova: {
    displayName: 'SambaNova',
    baseUrl: 'https://api.sambanova.ai/v1',
    keyVariable: 'SAMBANOVA_API_KEY',
    cancellation: 'drains',
  },
  baseten: {
    displayName: 'Baseten',
    baseUrl: 'https://inference.baseten.co/v1',
    keyVariable: 'BASETEN_API_KEY',
    retainsPrompts: false,
  },
  inception: {
    displayName: 'Inception',
    baseUrl: 'https://api.inceptionlabs.ai/v1',
    keyVariable: 'INCEPTION_API_KEY',
  },
  openrouter: {
    displayName: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    keyVariable: 'OPENROUTER_API_KEY',
  },
};
