import type { Dialect, Provider, Timeouts } from '@onerouter/core';
import { providerConfigSchema, type ProviderConfig, type TimeoutConfig } from './config.ts';
import { openaiDialect, type OpenAiDialectOptions } from './openai/dialect.ts';
import { passthroughRules } from './passthrough-rules.ts';
import { PROVIDER_PRESETS, type ProviderPreset } from './presets.ts';

/** For providers of one's own. A stream's first token should come soon, a whole answer may take as long. */
export const DEFAULT_TIMEOUTS: Timeouts = {
  connectMs: 5_000,
  headersMs: 120_000,
  firstTokenMs: 120_000,
  idleMs: 120_000,
};

/** For known providers: reasoning models may think for minutes before the first token. */
export const PRESET_TIMEOUTS: Timeouts = {
  connectMs: 5_000,
  headersMs: 600_000,
  firstTokenMs: 600_000,
  idleMs: 120_000,
};

/** Makes a dialect from a provider's options. */
export type DialectFactory = (options: OpenAiDialectOptions) => Dialect;

/** The dialects that come with this package, by the name that configurations use. */
export const DIALECTS: Readonly<Record<string, DialectFactory>> = { openai: openaiDialect };

export interface CreateProvidersOptions {
  /** Dialects of your own, by name; they win over the built-in ones. */
  readonly dialects?: Readonly<Record<string, DialectFactory>>;
}

/**
 * Makes providers from their configuration; names that are presets fill in what is left out.
 *
 * @throws {TypeError} naming the provider, on a field that is unknown or out of range, an unknown dialect, or a missing
 *   base URL
 */
export function createProviders(
  config: Readonly<Record<string, ProviderConfig>>,
  options: CreateProvidersOptions = {},
): ReadonlyMap<string, Provider> {
  const dialects = { ...DIALECTS, ...options.dialects };
  return new Map(Object.entries(config).map(([name, one]) => [name, createProvider(name, one, dialects)]));
}

function createProvider(
  name: string,
  config: ProviderConfig,
  dialects: Readonly<Record<string, DialectFactory>>,
): Provider {
  check(name, config);
  const preset: Partial<ProviderPreset> = PROVIDER_PRESETS[name] ?? {};
  const dialectName = config.dialect ?? 'openai';
  const dialect = dialects[dialectName];
  if (!dialect) {
    throw new TypeError(
      `providers.${name}.dialect: there is no dialect ${dialectName}; have ${Object.keys(dialects).join(', ')}.`,
    );
  }
  const baseUrl = config.baseUrl ?? preset.baseUrl;
  if (baseUrl === undefined) {
    throw new TypeError(
      `providers.${name}.baseUrl is missing, and ${name} is not a provider that is known by name.`,
    );
  }
  const outputLimitField = config.outputLimitField ?? preset.outputLimitField;
  const known = PROVIDER_PRESETS[name] !== undefined;
  return {
    name,
    displayName: config.displayName ?? preset.displayName ?? name,
    dialect: dialect(outputLimitField === undefined ? {} : { outputLimitField }),
    baseUrl: baseUrl.replace(/\/+$/, ''),
    apiKeys: config.apiKeys ?? (config.apiKey === undefined ? [] : [config.apiKey]),
    headers: config.headers ?? {},
    timeouts: timeouts(known ? PRESET_TIMEOUTS : DEFAULT_TIMEOUTS, config.timeouts),
    trainsOnPrompts: config.trainsOnPrompts ?? preset.trainsOnPrompts ?? false,
    retainsPrompts: config.retainsPrompts ?? preset.retainsPrompts ?? known,
    cancellation: config.cancellation ?? preset.cancellation ?? 'stops-billing',
    hedgeAfterMs: config.hedgeAfterMs,
    passthrough: passthroughRules(name, config.passthrough),
  };
}

/** A misspelt `trainsOnPrompts` that is ignored sends prompts where nobody wanted them. */
function check(name: string, config: ProviderConfig): void {
  const issue = providerConfigSchema.safeParse(config).error?.issues[0];
  if (!issue) return;
  const path = ['providers', name, ...issue.path.map(String)].join('.');
  throw new TypeError(`${path}: ${issue.message}.`);
}

/** Whole answers wait as long as first tokens unless told otherwise: both come when the model has thought. */
function timeouts(defaults: Timeouts, config: TimeoutConfig = {}): Timeouts {
  return {
    connectMs: config.connectMs ?? defaults.connectMs,
    headersMs: config.headersMs ?? config.firstTokenMs ?? defaults.headersMs,
    firstTokenMs: config.firstTokenMs ?? defaults.firstTokenMs,
    idleMs: config.idleMs ?? defaults.idleMs,
    totalMs: config.totalMs,
  };
}
