import { resolveSchema } from '../../api/api-document.ts';
import type { ApiDocument, Schema } from '../../api/api-document.ts';

/** A schema as people read it: in one line, with what is inside to unfold. */
export interface SchemaNode {
  /** `string`, `integer or null`, `list of Model`. */
  readonly type: string;
  readonly description?: string;
  /** Limits and choices: `1 to 1000`, `one of "daily", "weekly"`. */
  readonly facts: readonly string[];
  readonly deprecated: boolean;
  readonly children: readonly SchemaField[];
}

export interface SchemaField {
  /** Name of a field, or what a nameless part is. */
  readonly name: string;
  readonly named: boolean;
  readonly required: boolean;
  readonly schema: Schema;
}

/** Reads one level of a schema. What is inside is read when it is asked for, so circles do no harm. */
export function readSchema(document: ApiDocument, raw: Schema): SchemaNode {
  const { parts, nullable } = alternatives(document, raw);
  const { schema: outer } = resolveSchema(document, raw);
  const [only] = parts;
  const words = parts.map((part) => typeName(document, part));
  const type = [...new Set(words), ...(nullable ? ['null'] : [])].join(' or ') || 'anything';
  const inner = parts.length === 1 && only ? resolveSchema(document, only).schema : outer;
  const description = outer.description ?? inner.description;
  return {
    type,
    ...(description !== undefined && { description }),
    facts: factsOf(inner),
    deprecated: outer.deprecated ?? false,
    children: parts.length === 1 && only ? fieldsOf(document, only) : choicesOf(document, parts),
  };
}

/** A schema without its `null`, and unions of unions as one. */
function alternatives(
  document: ApiDocument,
  raw: Schema,
): { readonly parts: readonly Schema[]; readonly nullable: boolean } {
  const { schema } = resolveSchema(document, raw);
  const union = schema.anyOf ?? schema.oneOf;
  if (union) {
    const read = union.map((one) => alternatives(document, one));
    return {
      parts: read.flatMap(({ parts }) => parts),
      nullable: read.some(({ nullable }) => nullable),
    };
  }
  const types = [schema.type ?? []].flat();
  if (!types.includes('null')) return { parts: [raw], nullable: false };
  const rest = types.filter((type) => type !== 'null');
  return { parts: rest.map((type) => ({ ...schema, type })), nullable: true };
}

function typeName(document: ApiDocument, raw: Schema): string {
  const { schema, name } = resolveSchema(document, raw);
  if (name !== undefined) return name;
  if (schema.items) {
    const { type } = readSchema(document, schema.items);
    return `list of ${type.includes(' or ') ? `(${type})` : type}`;
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum?.length === 1) return JSON.stringify(schema.enum[0]);
  return [schema.type ?? (schema.properties ? 'object' : 'anything')].flat().join(' or ');
}

/** The fields of an object, or of the objects in a list. */
function fieldsOf(document: ApiDocument, raw: Schema): readonly SchemaField[] {
  const { schema } = resolveSchema(document, raw);
  if (schema.items) return readSchema(document, schema.items).children;
  const named = [schema, ...(schema.allOf ?? []).map((one) => resolveSchema(document, one).schema)].flatMap(
    ({ properties = {}, required = [] }) =>
      Object.entries(properties).map(([name, one]) => ({
        name,
        named: true,
        required: required.includes(name),
        schema: one,
      })),
  );
  const others = schema.additionalProperties;
  if (typeof others !== 'object' || Object.keys(others).length === 0) return named;
  return [...named, { name: 'any other field', named: false, required: false, schema: others }];
}

/** Where several forms are possible, those with something inside. */
function choicesOf(document: ApiDocument, parts: readonly Schema[]): readonly SchemaField[] {
  return parts
    .filter((part) => fieldsOf(document, part).length > 0)
    .map((schema) => ({ name: `as ${typeName(document, schema)}`, named: false, required: false, schema }));
}

function factsOf(schema: Schema): readonly string[] {
  const facts: string[] = [];
  if (schema.enum && schema.enum.length > 1) {
    facts.push(`one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`);
  }
  if (schema.format !== undefined) facts.push(schema.format);
  const range = rangeOf(schema.minimum, schema.maximum);
  if (range !== undefined) facts.push(range);
  const length = rangeOf(schema.minLength, schema.maxLength);
  if (length !== undefined) facts.push(`${length} characters`);
  const items = rangeOf(schema.minItems, schema.maxItems);
  if (items !== undefined) facts.push(`${items} items`);
  if (schema.default !== undefined) facts.push(`default ${JSON.stringify(schema.default)}`);
  return facts;
}

function rangeOf(least: number | undefined, most: number | undefined): string | undefined {
  const real = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most;
  const low = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least;
  if (low === undefined) return real === undefined ? undefined : `at most ${real}`;
  return real === undefined ? `at least ${low}` : `${low} to ${real}`;
}
