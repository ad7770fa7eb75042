/*
 * Writes builtin/models.jsonl anew, a model a line, from the packages named in scripts/builtin/sources.ts:
 *
 *   node scripts/refresh-builtin.ts
 *
 * Read the difference before committing it: these are prices.
 */
import { writeFileSync } from 'node:fs';
import type { EndpointConfig, ModelConfig } from '../src/catalogue/config.ts';
import { inputOf, parametersOf } from './builtin/capabilities.ts';
import { aliasesOf, isMovingName, knownKey, modelId, splitDate } from './builtin/names.ts';
import { currentPrices, listedPrices, type Priced } from './builtin/prices.ts';
import { openSources, type Sources } from './builtin/sources.ts';

/** Names of the presets, and what each source calls the provider. The first to name a model describes it. */
const PROVIDERS = [
  { name: 'openrouter', current: 'openrouter', older: undefined, prices: 'openrouter' },
  { name: 'openai', current: 'openai', older: 'openai', prices: 'openai' },
  { name: 'anthropic', current: 'anthropic', older: 'anthropic', prices: 'anthropic' },
  { name: 'google', current: 'google', older: 'google', prices: 'google' },
  { name: 'mistral', current: 'mistral', older: 'mistral', prices: 'mistral' },
  { name: 'deepseek', current: 'deepseek', older: 'deepseek', prices: 'deepseek' },
  { name: 'xai', current: 'xai', older: 'xai', prices: 'x-ai' },
  { name: 'moonshot', current: 'moonshotai', older: 'moonshotai', prices: 'moonshotai' },
  { name: 'minimax', current: 'minimax', older: undefined, prices: undefined },
  { name: 'perplexity', current: undefined, older: 'perplexity', prices: 'perplexity' },
  { name: 'groq', current: 'groq', older: 'groq', prices: 'groq' },
  { name: 'together', current: 'together', older: 'togetherai', prices: 'together' },
  { name: 'fireworks', current: 'fireworks', older: 'fireworks-ai', prices: 'fireworks' },
  { name: 'cerebras', current: 'cerebras', older: 'cerebras', prices: 'cerebras' },
  { name: 'baseten', current: 'baseten', older: undefined, prices: undefined },
] as const;

/** Embedding models, with the length of their input in tokens. */
const EMBEDDINGS = [
  ['openai', 'text-embedding-3-small', 8_192],
  ['openai', 'text-embedding-3-large', 8_192],
  ['openai', 'text-embedding-ada-002', 8_192],
  ['google', 'gemini-embedding-001', 2_048],
  ['mistral', 'mistral-embed', 8_192],
] as const;

interface Draft extends Omit<ModelConfig, 'endpoints' | 'aliases'> {
  readonly aliases: Set<string>;
  readonly endpoints: EndpointConfig[];
}

interface Found {
  readonly upstream: string;
  readonly name: string;
  readonly input: readonly string[];
  readonly context: number;
  readonly maxOutput: number;
  readonly reasoning: boolean;
  readonly tools: boolean;
  readonly knowledge: string | undefined;
  readonly released: string | undefined;
  readonly priced: Priced;
  readonly free: boolean;
}

const sources = await openSources();
const drafts = new Map<string, Draft>();
const known = new Map<string, string>();
for (const provider of PROVIDERS) {
  for (const found of modelsOf(provider, sources)) add(provider.name, found);
}
for (const [provider, upstream, context] of EMBEDDINGS) addEmbedding(provider, upstream, context);
const models = [...drafts.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(finish);
writeFileSync(
  new URL('../builtin/models.jsonl', import.meta.url),
  models.map((model) => `${JSON.stringify(model)}\n`).join(''),
);

function modelsOf(provider: (typeof PROVIDERS)[number], from: Sources): readonly Found[] {
  const older = provider.older ? from.older(provider.older) : [];
  const found: Found[] = [];
  for (const model of provider.current ? from.current(provider.current) : []) {
    if (isMovingName(model.id)) continue;
    const free = model.id.endsWith(':free');
    const priced = free ? { pricing: { prompt: '0', completion: '0' } } : currentPrices(model);
    if (!priced) continue;
    const described = older.find((one) => one.id === model.id);
    found.push({
      upstream: model.id,
      name: model.name,
      input: [...model.input, ...(described?.modalities.input ?? [])],
      context: model.contextWindow,
      maxOutput: model.maxTokens,
      reasoning: model.reasoning,
      tools: true,
      knowledge: described?.knowledge,
      released: described?.release_date,
      priced,
      free,
    });
  }
  for (const model of older) {
    if (isMovingName(model.id) || found.some((one) => one.upstream === model.id)) continue;
    if (!model.modalities.output.includes('text') || !provider.prices) continue;
    const listed = from.price(provider.prices, model.id);
    const priced = listed && listedPrices(listed.price);
    if (!priced || model.limit.context <= 0) continue;
    found.push({
      upstream: model.id,
      name: model.name,
      input: model.modalities.input,
      context: model.limit.context,
      maxOutput: model.limit.output,
      reasoning: model.reasoning,
      tools: model.tool_call,
      knowledge: model.knowledge,
      released: model.release_date,
      priced,
      free: false,
    });
  }
  return found;
}

function add(provider: string, found: Found): void {
  const id = modelId(provider, found.upstream, known);
  // Prices that rise with the prompt are not ones that the gateway can charge; it offers the part where they are flat.
  const contextLength = Math.min(found.context, found.priced.flatUpTo ?? Infinity);
  const maxCompletionTokens = Math.min(found.maxOutput, found.context);
  let draft = drafts.get(id);
  if (!draft) {
    draft = newDraft(id, found.name, inputOf(id, found.input), ['text'], found);
    drafts.set(id, draft);
    known.set(knownKey(id), id);
  }
  if (draft.endpoints.some((one) => one.provider === provider)) return;
  for (const alias of aliasesOf(id, found.upstream)) draft.aliases.add(alias);
  draft.endpoints.push({
    provider,
    model: found.upstream,
    ...(found.free ? { free: true } : {}),
    pricing: found.priced.pricing,
    contextLength,
    ...(maxCompletionTokens > 0 ? { maxCompletionTokens } : {}),
    supportedParameters: parametersOf(provider, found),
  });
}

function addEmbedding(provider: string, upstream: string, contextLength: number): void {
  const listed = sources.price(provider, upstream);
  const priced = listed && listedPrices(listed.price);
  if (!priced) throw new Error(`${provider} has no price for ${upstream}.`);
  const id = modelId(provider, upstream, known);
  const draft = newDraft(id, upstream, ['text'], ['embeddings'], undefined);
  draft.endpoints.push({
    provider,
    model: upstream,
    pricing: { ...priced.pricing, completion: '0' },
    contextLength,
    supportedParameters: ['dimensions', 'encoding_format'],
  });
  drafts.set(id, draft);
}

function newDraft(
  id: string,
  name: string,
  inputModalities: Draft['inputModalities'],
  outputModalities: Draft['outputModalities'],
  found: Found | undefined,
): Draft {
  const created = found?.released === undefined ? NaN : Date.parse(found.released) / 1000;
  return {
    id,
    name,
    aliases: new Set(),
    ...(Number.isNaN(created) ? {} : { created }),
    ...(found?.knowledge === undefined ? {} : { knowledgeCutoff: found.knowledge }),
    inputModalities,
    outputModalities,
    endpoints: [],
  };
}

/** Leaves out the aliases that the catalogue gives anyway, and those that are another model's name. */
function finish(draft: Draft): ModelConfig {
  const slug = draft.id.slice(draft.id.indexOf('/') + 1);
  const aliases = [...draft.aliases].filter(
    (alias) => alias !== draft.id && alias !== slug && !drafts.has(alias),
  );
  for (const undated of undatedNames(draft.id)) aliases.push(undated);
  return { ...draft, aliases: aliases.toSorted(), endpoints: draft.endpoints };
}

/** The newest of several dated models also answers to the name without the date, where no model has that name. */
function undatedNames(id: string): readonly string[] {
  const author = id.slice(0, id.indexOf('/'));
  const dated = splitDate(id.slice(author.length + 1));
  if (!dated || known.has(knownKey(`${author}/${dated.name}`))) return [];
  const rivals = [...drafts.keys()].filter((one) => {
    const other = splitDate(one.slice(one.indexOf('/') + 1));
    return one.startsWith(`${author}/`) && other?.name === dated.name && other.version > dated.version;
  });
  if (rivals.length > 0) return [];
  const dotted = dated.name.replace(/(\d)-(\d)/g, '$1.$2');
  return [...new Set([dated.name, dotted])].flatMap((name) => [name, `${author}/${name}`]);
}
