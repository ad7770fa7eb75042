import { expect, it } from 'vitest';
import { createDocument } from 'zod-openapi';
import { stripeCreditsPaths } from './paths.ts';

it('the routes are described by the schemas that check them', () => {
  const { paths } = createDocument({
    openapi: '3.1.1',
    info: { title: 'Credits', version: '1' },
    paths: stripeCreditsPaths,
  });
  expect(Object.keys(paths ?? {})).toHaveLength(7);
  expect(paths?.['/credits/payments']?.get?.parameters).toMatchObject([
    { name: 'limit', in: 'query', schema: { minimum: 1, maximum: 200, default: 50 } },
    { name: 'cursor', in: 'query' },
  ]);
  const asked = JSON.stringify(paths?.['/credits/checkout']?.post?.requestBody);
  expect(asked).toContain('CheckoutRequest');
});
