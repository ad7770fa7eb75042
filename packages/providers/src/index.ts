export { openaiDialect, type OpenAiDialectOptions } from './openai/dialect.ts';
export { GATEWAY_FIELDS } from './openai/request.ts';
export { PROVIDER_PRESETS, type ProviderPreset } from './presets.ts';
export {
  providerConfigSchema,
  type PassthroughConfig,
  type ProviderConfig,
  type TimeoutConfig,
} from './config.ts';
export {
  createProviders,
  DEFAULT_TIMEOUTS,
  DIALECTS,
  PRESET_TIMEOUTS,
  type CreateProvidersOptions,
  type DialectFactory,
} from './create-providers.ts';
