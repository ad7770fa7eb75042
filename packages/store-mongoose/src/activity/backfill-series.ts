import { DURABLE, LATEST } from '../concerns.ts';
import { raw, type Models } from '../models.ts';
import { noteSeries, seriesName } from './series.ts';

/** Generations that are given their series at once. */
const PAGE = 1_000;

/** Gives generations of earlier releases the series that they are listed by. May be repeated, beside anything else. */
export async function backfillSeries(models: Models): Promise<void> {
  const generations = raw(models.generations);
  for (;;) {
    const docs = await generations.find({ series: { $exists: false } }, { ...LATEST, limit: PAGE }).toArray();
    if (docs.length === 0) return;
    await noteSeries(models, docs);
    await generations.bulkWrite(
      docs.map(({ _id, account, ...fields }) => ({
        updateOne: {
          // What a settlement has replaced meanwhile has its series already.
          filter: { _id, account, series: { $exists: false } },
          update: { $set: { series: seriesName(fields) } },
        },
      })),
      { ordered: false, ...DURABLE },
    );
  }
}
