import { expect, it } from 'vitest';
import type { ApiDocument, Schema } from '../../api/api-document.ts';
import { readSchema } from './schema-node.ts';

const document: ApiDocument = {
  paths: {},
  components: {
    schemas: {
      Tree: {
        type: 'object',
        description: 'A tree.',
        properties: {
          name: { type: 'string' },
          children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
        },
        required: ['name'],
      },
    },
  },
};
const TREE: Schema = { $ref: '#/components/schemas/Tree' };

it.each<[Schema, string]>([
  [{ type: 'string' }, 'string'],
  [{ type: ['boolean', 'null'] }, 'boolean or null'],
  [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number or null'],
  [{ anyOf: [{ anyOf: [{ type: 'number' }, TREE] }, { type: 'null' }] }, 'number or Tree or null'],
  [TREE, 'Tree'],
  [{ type: 'array', items: TREE }, 'list of Tree'],
  [
    { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
    'list of (string or number)',
  ],
  [{ const: 'list' }, '"list"'],
  [{}, 'anything'],
  [{ $ref: '#/components/schemas/Gone' }, 'anything'],
])('%j reads as %s', (schema, type) => {
  expect(readSchema(document, schema).type).toBe(type);
});

it('unfolds level by level, circles too', () => {
  const tree = readSchema(document, TREE);
  expect(tree.description).toBe('A tree.');
  expect(tree.children).toMatchObject([
    { name: 'name', required: true },
    { name: 'children', required: false },
  ]);
  const children = readSchema(document, tree.children[1]?.schema ?? {});
  expect(children.children.map(({ name }) => name)).toEqual(['name', 'children']);
});

it('shows what is in the one form that has something inside', () => {
  const nullable = readSchema(document, { anyOf: [TREE, { type: 'null' }] });
  expect(nullable.children.map(({ name }) => name)).toEqual(['name', 'children']);
  const mixed = readSchema(document, { anyOf: [{ type: 'string' }, TREE] });
  expect(mixed.children).toMatchObject([{ name: 'as Tree', named: false }]);
});

it('tells limits and choices', () => {
  expect(readSchema(document, { type: 'integer', minimum: 1, maximum: 1000, default: 50 }).facts).toEqual([
    '1 to 1000',
    'default 50',
  ]);
  expect(readSchema(document, { type: 'integer', minimum: 0, maximum: 9007199254740991 }).facts).toEqual([
    'at least 0',
  ]);
  expect(
    readSchema(document, { anyOf: [{ type: 'string', enum: ['a', 'b'] }, { type: 'null' }] }).facts,
  ).toEqual(['one of "a", "b"']);
});
