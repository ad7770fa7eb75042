export { defineSlot, type Slot } from './slot.ts';
export {
  decimalToScaled,
  formatUsd,
  NANOS_PER_USD,
  parseUsd,
  scaledToDecimal,
  usdNumber,
  type Nanos,
} from './money.ts';
export {
  formatUnitPrice,
  parsePricing,
  UNIT_PRICE_DECIMALS,
  type PriceOptions,
  type PriceTable,
  type Pricing,
  type UnitPrice,
} from './pricing.ts';
export { clampUsage, type Usage } from './usage.ts';
export {
  ERROR_KINDS,
  GatewayError,
  toGatewayError,
  type ErrorBody,
  type ErrorKind,
  type ErrorOrigin,
  type GatewayErrorOptions,
} from './errors.ts';
export { warningLog, type Log } from './log.ts';
export { loggableError, type LoggableError } from './loggable.ts';
export { newGenerationId, newRequestId } from './ids.ts';
export { principalSlot, type Principal, type PrincipalKind } from './principal.ts';
export {
  routeSlot,
  type Candidate,
  type Endpoint,
  type Exclusion,
  type Modality,
  type Model,
  type Route,
} from './catalogue.ts';
export {
  PASSTHROUGH_METHODS,
  type Cancellation,
  type PassthroughMethod,
  type PassthroughRule,
  type Provider,
  type Timeouts,
} from './provider.ts';
export type { AttemptRecord, CostLine, Generation, GenerationStatus } from './record.ts';
export type {
  AnswerStream,
  Dialect,
  OwnedFields,
  UpstreamCall,
  UpstreamRefusal,
  UpstreamRequest,
  WholeAnswer,
} from './dialect.ts';
export { SURFACE_PATHS, type ExchangeKind, type Surface } from './request/surface.ts';
export {
  MAX_TOKENS_LIMIT,
  REQUEST_SCHEMAS,
  type ChatMessage,
  type ChatRequest,
  type CommonRequest,
  type CompletionRequest,
  type ContentPart,
  type EmbeddingRequest,
  type Percentiles,
  type ProviderPreferences,
  type SortKey,
  type SurfaceRequest,
} from './request/schemas.ts';
export { readFacts, type RequestFacts } from './request/facts.ts';
export {
  AUDIO_TOKENS,
  BYTES_PER_TOKEN,
  estimatedCompletionTokens,
  estimatedPromptTokens,
  FILE_TOKENS,
  IMAGE_TOKENS,
  RESERVE_BYTES_PER_TOKEN,
  reservedPromptTokens,
  VIDEO_TOKENS,
} from './request/estimate.ts';
export { bodySlot, type RequestBody } from './request/body.ts';
export { DEFAULT_MAX_BODY_BYTES, readBody, type ReadBodyOptions } from './request/read-body.ts';
export { MAX_JSON_BODY_BYTES, readJsonBody } from './request/json-body.ts';
export { readQuery } from './request/read-query.ts';
export { readRaw } from './request/raw.ts';
export { emptyFacts, type AnswerFacts, type InlineError } from './answer/facts.ts';
export { latin1ToUtf8, utf8ToLatin1 } from './answer/bytes-as-text.ts';
export { EventSplitter, eventData } from './answer/event-splitter.ts';
export { editBytes, editFields, type FieldEdits } from './answer/json-fields.ts';
export { topLevelFields, type FieldSpan, type Scannable } from './answer/json-scan.ts';
export { readOpenAiUsage, writeCostDetails, writeUsage, type ChargedCost } from './answer/usage-wire.ts';
export { noteChunk, type Choice, type Chunk, type Delta } from './answer/chunk.ts';
export { ChunkStream, MAX_EVENT_BYTES } from './answer/chunk-stream.ts';
export { ownAnswer } from './answer/owned.ts';
export { sendJson } from './answer/send-json.ts';
export {
  endOfStream,
  endWithError,
  STREAM_HEADERS,
  wholeBody,
  type EndedAnswer,
} from './answer/last-bytes.ts';
export { Answer, STALLED_CLIENT_MS, type AnswerOptions } from './answer/answer.ts';
export { Exchange, exchangeSlot, type ExchangeObserver, type Outcome, type PerRequest } from './exchange.ts';
export { openExchange, type OpenExchangeOptions } from './open-exchange.ts';
export { RunningExchanges } from './running.ts';
export { errorResponder, unknownRoute, type ErrorResponderOptions } from './error-responder.ts';
