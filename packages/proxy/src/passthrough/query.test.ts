import { expect, it } from 'vitest';
import { withoutSecrets } from './query.ts';

it.each([
  ['', ''],
  ['limit=2&after=file-1', 'limit=2&after=file-1'],
  ['purpose=a%20b+c&flag', 'purpose=a%20b+c&flag'],
  ['pageToken=abc&cursor=1', 'pageToken=abc&cursor=1'],
  ['access_token=x&limit=2', 'limit=2'],
  ['accessToken=x&API-Key=x&apikey=x&key=x&token=x&sig=x', ''],
  ['%6bey=x&a=1', 'a=1'],
  ['a=sk-or-v1-mine&b=1', 'b=1'],
  ['a=%73k-or-v1-mine&sk-or-v1-mine', ''],
  ['a=%zz&b=1', 'b=1'],
])('%s: %s', (query, kept) => {
  expect(withoutSecrets(query, 'sk-or-v1-mine')).toBe(kept);
});
