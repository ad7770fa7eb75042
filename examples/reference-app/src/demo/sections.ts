import type { BootstrapAccount } from '@onerouter/accounts';
import type { EndpointConfig, ModelConfig, PricingConfig } from '@onerouter/models';
import type { ProviderConfig } from '@onerouter/providers';
import { DEMO_PROVIDER_KEY } from './providers.ts';
import type { DemoKeys } from './keys.ts';

/*
 * The demo's part of the configuration, in the words of the configuration file. Prices are of the kind that the models
 * had; what answers is not the model.
 */

/** `providers` of the configuration, for demo providers at these base URLs. */
export function demoProviderSections(baseUrls: ReadonlyMap<string, string>): Record<string, ProviderConfig> {
  return Object.fromEntries(
    [...baseUrls].map(([name, baseUrl]) => [
      name,
      {
        dialect: 'openai',
        baseUrl,
        apiKey: DEMO_PROVIDER_KEY,
        trainsOnPrompts: false,
        retainsPrompts: false,
        timeouts: { connectMs: 2000, headersMs: 30_000, firstTokenMs: 10_000, idleMs: 30_000 },
      },
    ]),
  );
}

/** `models` of the configuration. */
export const DEMO_MODELS: readonly ModelConfig[] = [
  {
    id: 'openai/gpt-4o-mini',
    name: 'OpenAI: GPT-4o-mini',
    aliases: ['gpt-4o-mini'],
    contextLength: 128_000,
    maxCompletionTokens: 16_384,
    inputModalities: ['text', 'image', 'file', 'audio'],
    endpoints: [
      offer('alpha', 'gpt-4o-mini', { prompt: '0.00000012', completion: '0.00000048' }),
      offer('beta', 'gpt-4o-mini', {
        prompt: '0.00000015',
        completion: '0.0000006',
        input_cache_read: '0.000000075',
      }),
      offer('gamma', 'gpt-4o-mini', { prompt: '0.00000018', completion: '0.00000072' }),
    ],
  },
  {
    id: 'anthropic/claude-3.5-sonnet',
    name: 'Anthropic: Claude 3.5 Sonnet',
    aliases: [
      'claude-3-5-sonnet',
      'claude-3-5-sonnet@20240620',
      'claude-3.5-sonnet',
      'anthropic/claude-3-5-sonnet',
    ],
    contextLength: 200_000,
    maxCompletionTokens: 8192,
    inputModalities: ['text', 'image', 'file'],
    endpoints: [
      offer('alpha', 'claude-3-5-sonnet-20240620', { prompt: '0.000003', completion: '0.000015' }, 0.2),
      offer('beta', 'claude-3-5-sonnet-20240620', {
        prompt: '0.000003',
        completion: '0.000015',
        input_cache_read: '0.0000003',
        input_cache_write: '0.00000375',
      }),
    ],
  },
  {
    id: 'google/gemini-2.5-flash',
    name: 'Google: Gemini 2.5 Flash',
    aliases: ['gemini-2.5-flash'],
    contextLength: 1_048_576,
    maxCompletionTokens: 65_535,
    inputModalities: ['text', 'image', 'file', 'audio'],
    endpoints: [
      offer('beta', 'gemini-2.5-flash', { prompt: '0.0000003', completion: '0.0000025', image: '0.001238' }),
      offer('gamma', 'gemini-2.5-flash', {
        prompt: '0.00000033',
        completion: '0.00000275',
        image: '0.00136',
      }),
    ],
  },
  {
    id: 'deepseek/deepseek-r1',
    name: 'DeepSeek: R1',
    aliases: ['deepseek-r1'],
    contextLength: 128_000,
    maxCompletionTokens: 32_768,
    inputModalities: ['text'],
    endpoints: [
      offer('alpha', 'deepseek-r1', { prompt: '0.0000004', completion: '0.000002' }),
      offer('gamma', 'deepseek-r1', { prompt: '0.00000055', completion: '0.00000219' }),
    ],
  },
  {
    id: 'openai/gpt-3.5-turbo-instruct',
    name: 'OpenAI: GPT-3.5 Turbo Instruct',
    aliases: ['gpt-3.5-turbo-instruct'],
    contextLength: 4096,
    maxCompletionTokens: 4096,
    inputModalities: ['text'],
    endpoints: [offer('beta', 'gpt-3.5-turbo-instruct', { prompt: '0.0000015', completion: '0.000002' })],
  },
  {
    id: 'openai/text-embedding-3-small',
    name: 'OpenAI: Text Embedding 3 Small',
    aliases: ['text-embedding-3-small'],
    contextLength: 8192,
    inputModalities: ['text'],
    outputModalities: ['embeddings'],
    endpoints: [offer('beta', 'text-embedding-3-small', { prompt: '0.00000002', completion: '0' })],
  },
];

export const DEMO_EMAIL = 'demo@example.com';

/** The demo's account for `bootstrap.accounts`. Its owner runs the demo, so it sees what operators see. */
export function demoAccount(keys: DemoKeys): BootstrapAccount {
  return {
    email: DEMO_EMAIL,
    password: keys.password,
    role: 'operator',
    creditsUsd: '5.00',
    apiKeys: [{ name: 'demo', key: keys.apiKey }],
    managementKeys: [{ name: 'demo', key: keys.managementKey }],
  };
}

function offer(provider: string, model: string, pricing: PricingConfig, discount = 0): EndpointConfig {
  return { provider, model, pricing, discount };
}
