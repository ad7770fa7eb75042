export type { Catalogue } from './catalogue/catalogue.ts';
export {
  createCatalogue,
  type CatalogueOptions,
  type MemoryCatalogue,
} from './catalogue/create-catalogue.ts';
export {
  modelsConfig,
  type EndpointConfig,
  type ModelConfig,
  type PricingConfig,
} from './catalogue/config.ts';
export { CatalogueError } from './catalogue/errors.ts';
export { resolveModel, type ResolveModelOptions } from './resolve/resolve-model.ts';
export { createResolver, type ResolverOptions } from './resolve/create-resolver.ts';
export type { Ask, Filter, Strategy } from './resolve/ask.ts';
export { NO_HEALTH_DATA, type HealthView, type Percentile } from './resolve/health.ts';
export {
  MAX_CONVERSATIONS,
  STICKY_IDLE_MS,
  stickyRouting,
  type StickyRouting,
  type StickyRoutingOptions,
} from './resolve/sticky.ts';
export { priceOf } from './strategies/price-of.ts';
export { DEFAULT_FILTERS } from './filters/index.ts';
export { CONTEXT_SLACK } from './filters/context-length.ts';
export { DECISIVE_PARAMETERS } from './filters/parameters.ts';
export { weighted } from './strategies/weighted.ts';
export { byPrice } from './strategies/price.ts';
export { byThroughput } from './strategies/throughput.ts';
export { byLatency } from './strategies/latency.ts';
export { healthyFirst } from './strategies/healthy-first.ts';
export { MAX_SUGGESTIONS } from './resolve/near-names.ts';
export { modelRoutes, type ModelRoutesOptions } from './routes/model-routes.ts';
export { modelPaths } from './openapi/model-paths.ts';
export { quote, type QuotedMoney, type QuoteOptions } from './routes/quote.ts';
export { NO_STATS, type EndpointStats, type PercentileFigures, type StatsView } from './routes/stats.ts';
export { builtinModels } from './builtin/builtin-models.ts';
