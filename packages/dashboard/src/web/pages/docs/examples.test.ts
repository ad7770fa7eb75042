import { expect, it } from 'vitest';
import type { ApiDocument } from '../../api/api-document.ts';
import { examplesOf } from './examples.ts';
import { findOperations, readOperations } from './read-operations.ts';

const schema = { $ref: '#/components/schemas/Body' };
const body = { content: { 'application/json': { schema } } };
const document: ApiDocument = {
  paths: {
    '/chat/completions': {
      post: { tags: ['Chat'], security: [{ api_key: [] }, { session: [] }], requestBody: body },
    },
    '/keys/{hash}': {
      delete: {
        operationId: 'deleteKey',
        tags: ['Keys'],
        summary: 'Ends a key',
        security: [{ management_key: [] }],
      },
      get: { tags: ['Keys'], security: [{ management_key: [] }] },
    },
    '/account/sessions': { get: { tags: ['Account'], security: [{ session: [] }] } },
    '/generation': {
      get: { tags: ['Chat'], parameters: [{ name: 'id', in: 'query', required: true }] },
    },
    '/webhooks/pay': { servers: [{ url: '/' }], post: { summary: "It's for others" } },
  },
  components: {
    schemas: {
      Body: {
        type: 'object',
        required: ['messages'],
        properties: { model: { type: 'string' }, messages: { type: 'array' }, seed: { type: 'integer' } },
      },
    },
  },
};
const groups = readOperations(document);
const place = { origin: 'https://router.example', baseUrl: 'https://router.example/v1' };

function example(id: string, kind: 'curl' | 'sdk'): string | undefined {
  const listed = groups.flatMap(({ operations }) => operations).find((one) => one.id === id);
  return listed && examplesOf(document, listed, place).find((one) => one.id === kind)?.code;
}

it('groups operations by tag', () => {
  expect(groups.map(({ tag, operations }) => [tag, operations.length])).toEqual([
    ['Chat', 2],
    ['Keys', 2],
    ['Account', 1],
    ['Other', 1],
  ]);
});

it.each([
  ['keys', 2],
  ['END key', 1],
  ['delete /keys', 1],
  ['', 6],
  ['nothing of it', 0],
])('finds by %j: %d', (text, number) => {
  expect(findOperations(groups, text).flatMap(({ operations }) => operations)).toHaveLength(number);
});

it('calls with curl, each with what may call', () => {
  expect(example('post--chat-completions', 'curl')).toBe(
    `curl "https://router.example/v1/chat/completions" \\
  -H "Authorization: Bearer $ONEROUTER_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model":"author/model","messages":[{"role":"user","content":"Hello"}]}'`,
  );
  expect(example('deleteKey', 'curl')).toContain('curl -X DELETE "https://router.example/v1/keys/<hash>"');
  expect(example('deleteKey', 'curl')).toContain('$ONEROUTER_MANAGEMENT_KEY');
  expect(example('get--account-sessions', 'curl')).toContain('--cookie');
  expect(example('get--generation', 'curl')).toBe('curl "https://router.example/v1/generation?id=…"');
  expect(example('post--webhooks-pay', 'curl')).toBe('curl -X POST "https://router.example/webhooks/pay"');
});

it('calls with the SDK where a key may call', () => {
  expect(example('post--chat-completions', 'sdk')).toContain('await client.chat.completions.create({');
  expect(example('deleteKey', 'sdk')).toContain("await client.delete('/keys/<hash>')");
  expect(example('deleteKey', 'sdk')).toContain('apiKey: env.ONEROUTER_MANAGEMENT_KEY');
  expect(example('get--account-sessions', 'sdk')).toBeUndefined();
});
