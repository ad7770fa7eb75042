import { UNIT_PRICE_DECIMALS, type UnitPrice } from '@onerouter/core';
import type { ListedModel } from './listing.ts';
import type { ListQuery } from './query.ts';

type Test = (listed: ListedModel) => boolean;

const PER_MILLION = 10 ** (UNIT_PRICE_DECIMALS - 6);

/** The models that a query asks for, in the order they had. */
export function narrow(models: readonly ListedModel[], query: ListQuery): readonly ListedModel[] {
  const tests = testsOf(query);
  return tests.length === 0 ? models : models.filter((one) => tests.every((test) => test(one)));
}

function testsOf(query: ListQuery): readonly Test[] {
  const tests: Test[] = [];
  const words = query.q?.toLowerCase().trim();
  if (words) tests.push(({ model }) => searchText(model).includes(words));
  if (query.supported_parameters.length > 0)
    tests.push(({ parameters }) => query.supported_parameters.every((name) => parameters.has(name)));
  if (query.input_modalities.length > 0)
    tests.push(({ model }) => includesAll(model.inputModalities, query.input_modalities));
  if (query.output_modalities.length > 0 && !query.output_modalities.includes('all'))
    tests.push(({ model }) => includesAny(model.outputModalities, query.output_modalities));
  if (query.providers.length > 0)
    tests.push(({ endpoints }) =>
      endpoints.some(({ provider }) => includesAny([provider.name.toLowerCase()], query.providers)),
    );
  if (query.model_authors.length > 0)
    tests.push(({ model }) => query.model_authors.includes(model.id.split('/')[0]?.toLowerCase() ?? ''));
  if (query.zdr === 'true')
    tests.push(({ endpoints }) => endpoints.some(({ provider }) => !provider.retainsPrompts));
  const { context } = query;
  if (context !== undefined) tests.push(({ model }) => (model.contextLength ?? 0) >= context);
  tests.push(...priceTests(query));
  return tests;
}

function priceTests(query: ListQuery): readonly Test[] {
  const bounds = [
    [query.min_price, query.max_price, 'prompt'],
    [query.min_output_price, query.max_output_price, 'completion'],
  ] as const;
  return bounds
    .filter(([min, max]) => min !== undefined || max !== undefined)
    .map(([min = 0, max = Infinity, item]): Test => ({ cheapest }) => {
      const usd = cheapest ? perMillion(cheapest.prices[item]) : NaN;
      return usd >= min && usd <= max;
    });
}

/** USD per million tokens, as a float: it selects, it does not bill. */
function perMillion(price: UnitPrice): number {
  return Number(price) / PER_MILLION;
}

function searchText(model: ListedModel['model']): string {
  return `${model.id} ${model.name} ${model.aliases.join(' ')}`.toLowerCase();
}

function includesAll(have: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((one) => have.includes(one));
}

function includesAny(have: readonly string[], wanted: readonly string[]): boolean {
  return wanted.some((one) => have.includes(one));
}
