/** What the reference reads of an OpenAPI 3.1 document; anything may be missing. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>;
    readonly responses?: Readonly<Record<string, Response>>;
  };
}

export interface PathItem extends Readonly<Partial<Record<Method, Operation>>> {
  readonly servers?: readonly { readonly url: string }[];
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface Operation {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Content };
  readonly responses?: Readonly<Record<string, Response | Reference>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

export interface Response {
  readonly description?: string;
  readonly content?: Content;
}

export type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Reference {
  readonly $ref: string;
}

/** A JSON schema. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

const SCHEMAS = '#/components/schemas/';
const RESPONSES = '#/components/responses/';

/** What a schema refers to, with the name it has there; a schema that refers to nothing is itself. */
export function resolveSchema(
  document: ApiDocument,
  schema: Schema,
): { readonly schema: Schema; readonly name?: string } {
  if (schema.$ref === undefined) return { schema };
  const name = schema.$ref.startsWith(SCHEMAS) ? schema.$ref.slice(SCHEMAS.length) : '';
  const found = document.components?.schemas?.[name];
  if (!found) return { schema: {} };
  const { $ref: _ref, ...beside } = schema;
  return { schema: { ...found, ...beside }, name };
}

export function resolveResponse(document: ApiDocument, response: Response | Reference): Response {
  if (!('$ref' in response)) return response;
  return document.components?.responses?.[response.$ref.slice(RESPONSES.length)] ?? {};
}
