import { newGenerationId } from '@onerouter/core';
import { dayOf } from '@onerouter/metering';
import { BUSY_KEY, RARE_KEY } from './people.ts';

/** What the pages ask, as paths, of a year that ends at a time. */
export function questions(endAt: number): Readonly<Record<string, string>> {
  const half = endAt - 180 * 86_400_000;
  return {
    'list: first page': '/generations',
    'list: a page in the middle': `/generations?cursor=${newGenerationId(half)}`,
    'list: 200 rows': '/generations?limit=200',
    'list: one day in the middle': `/generations?from=${dayOf(half)}&to=${dayOf(half)}`,
    'list: a busy key': `/generations?api_key_hash=${BUSY_KEY}`,
    'list: a key of a year ago': `/generations?api_key_hash=${RARE_KEY}`,
    'list: a model': '/generations?model=acme/model-3',
    'list: a provider': '/generations?provider=provider-4',
    'list: failed': '/generations?status=failed',
    'list: failed, from the middle': `/generations?status=failed&cursor=${newGenerationId(half)}`,
    'list: key, model, provider and status': `/generations?api_key_hash=${BUSY_KEY}&model=acme/model-3&provider=provider-4&status=complete`,
    'list: what there is none of': `/generations?api_key_hash=${RARE_KEY}&status=failed`,
    'series: 30 days by model': '/activity/series?by=model',
    'series: 30 days by key, one model': '/activity/series?by=key&model=acme/model-3',
    'series: a year by model': `/activity/series?by=model&from=${dayOf(endAt - 364 * 86_400_000)}`,
    'activity: 30 days': '/activity',
    'activity: one day by key': `/activity?group_by=api_key&date=${dayOf(half)}`,
    'activity.csv: 30 days': '/activity.csv',
  };
}
