import type { GenerationQuery } from '@onerouter/metering';
import { COMMITTED, DURABLE, isDuplicate } from '../concerns.ts';
import { raw, type Models } from '../models.ts';
import type { GenerationDoc, GenerationFields } from '../schemas/generation.ts';
import type { SeriesDoc } from '../schemas/series.ts';
import { joinKey, recordRange } from '../values.ts';

/** Series that this process has seen to be there, so that it does not write them again. */
const REMEMBERED = 10_000;

const remembered = new WeakMap<Models['series'], Set<string>>();

/** Names the series of a generation within its account. */
export function seriesName({
  key = '',
  model = '',
  provider = '',
  status = 'pending',
}: GenerationFields): string {
  return joinKey([key, model, provider, status]);
}

/** Makes the series of generations known. To be done before the generations are there to be listed. */
export async function noteSeries(models: Models, generations: readonly GenerationDoc[]): Promise<void> {
  const known = rememberedOf(models);
  const wanted = new Map(generations.map((one) => [seriesId(one), one]));
  const unknown = [...wanted].filter(([id]) => !known.has(id));
  if (unknown.length === 0) return;
  const operations = unknown.map(([_id, one]) => ({ insertOne: { document: seriesDoc(_id, one) } }));
  try {
    await raw(models.series).bulkWrite(operations, { ordered: false, ...DURABLE });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  if (known.size > REMEMBERED) known.clear();
  for (const [id] of unknown) known.add(id);
}

/** The series of an account that a query takes. */
export async function seriesOf(models: Models, query: GenerationQuery): Promise<readonly string[]> {
  const { accountId, keyId, model, provider, status } = query;
  const filters = Object.entries({ key: keyId, model, provider, status }).filter(
    ([, value]) => value !== undefined,
  );
  const docs = await raw(models.series)
    .find(
      { _id: recordRange(accountId), ...Object.fromEntries(filters) },
      { ...COMMITTED, projection: { series: 1 } },
    )
    .toArray();
  return docs.map(({ series }) => series);
}

function seriesId(generation: GenerationDoc): string {
  return `${joinKey([generation.account, ''])}${seriesName(generation)}`;
}

function seriesDoc(_id: string, generation: GenerationDoc): SeriesDoc {
  const { account, key = '', model = '', provider = '', status = 'pending' } = generation;
  return { _id, account, series: seriesName(generation), key, model, provider, status };
}

/** By database: a test, or a host, may have several. */
function rememberedOf({ series }: Models): Set<string> {
  let known = remembered.get(series);
  if (!known) {
    known = new Set();
    remembered.set(series, known);
  }
  return known;
}
