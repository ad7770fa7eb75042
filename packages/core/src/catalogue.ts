import type { Pricing, PriceTable } from './pricing.ts';
import type { Provider } from './provider.ts';
import { defineSlot, type Slot } from './slot.ts';

export type Modality = 'text' | 'image' | 'file' | 'audio' | 'video' | 'embeddings';

/** A model: what clients ask for by id. */
export interface Model {
  /** `author/slug`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Other names it answers to: bare names, `name@version`. */
  readonly aliases: readonly string[];
  /** Unix seconds. */
  readonly created: number;
  /** Tokens, or `null` when unknown. */
  readonly contextLength: number | null;
  readonly maxCompletionTokens: number | null;
  readonly inputModalities: readonly Modality[];
  readonly outputModalities: readonly Modality[];
  readonly knowledgeCutoff: string | null;
  readonly endpoints: readonly Endpoint[];
}

/** A model at a provider, with its price and limits. */
export interface Endpoint {
  /** `provider/author/slug`, or with `#n` appended where a provider serves a model more than once. */
  readonly id: string;
  readonly modelId: string;
  readonly modelName: string;
  readonly provider: Provider;
  /** The provider's own name for the model. */
  readonly upstreamModel: string;
  /** As configured, before discount. */
  readonly pricing: Pricing;
  /** What is charged, after discount. */
  readonly prices: PriceTable;
  readonly contextLength: number | null;
  readonly maxCompletionTokens: number | null;
  readonly inputModalities: readonly Modality[];
  /** OpenAI request parameters that it understands, or `null` when unknown. */
  readonly supportedParameters: readonly string[] | null;
  readonly quantization: string | null;
}

/** An endpoint chosen for this exchange. */
export interface Candidate {
  readonly model: Model;
  readonly endpoint: Endpoint;
}

/** Why an endpoint was not made a candidate. */
export interface Exclusion {
  readonly provider: string;
  readonly model: string;
  /** The rule that removed it, a short fixed word: `data_collection`, `context_length`, `only`. */
  readonly filter: string;
}

/** The answer to "who can serve this?": candidates in the order to try them. */
export interface Route {
  /** The model as the client wrote it. */
  readonly requested: string;
  readonly candidates: readonly Candidate[];
  readonly excluded: readonly Exclusion[];
}

/** Filled by `resolveModel()`. */
export const routeSlot: Slot<Route> = defineSlot('route', 'resolveModel()');
