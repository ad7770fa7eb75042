import { resolveSchema } from '../../api/api-document.ts';
import type { ApiDocument, Schema } from '../../api/api-document.ts';

/** Values for fields whose schema cannot tell what makes sense. */
const WELL_KNOWN: Readonly<Record<string, unknown>> = {
  model: 'author/model',
  messages: [{ role: 'user', content: 'Hello' }],
  prompt: 'Once upon a time',
  input: 'The text to embed',
  email: 'ann@example.com',
  name: 'my program',
  amount_usd: '10.00',
  threshold_usd: '5.00',
};
/** Shown although they are optional: without them the request says too little. */
const SHOWN: ReadonlySet<string> = new Set(['model', 'limit', 'limit_reset']);
const MAX_DEPTH = 4;

/** A value that a schema may take: what is required, and little else. */
export function sampleOf(document: ApiDocument, raw: Schema, name = '', depth = 0): unknown {
  const { schema } = resolveSchema(document, raw);
  const given = schema.example ?? schema.examples?.[0] ?? schema.default ?? schema.const;
  if (given !== undefined) return given;
  if (name in WELL_KNOWN) return WELL_KNOWN[name];
  if (schema.enum) return schema.enum[0];
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return sampleOf(document, union[0] ?? {}, name, depth);
  const type = [schema.type ?? (schema.properties ? 'object' : 'string')].flat()[0];
  switch (type) {
    case 'object':
      return depth > MAX_DEPTH ? {} : sampleObject(document, schema, depth);
    case 'array':
      return depth > MAX_DEPTH ? [] : [sampleOf(document, schema.items ?? {}, '', depth + 1)];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return schema.format === 'date-time'
        ? '2030-01-31T00:00:00Z'
        : `a ${name.replaceAll('_', ' ') || 'text'}`;
  }
}

function sampleObject(document: ApiDocument, schema: Schema, depth: number): unknown {
  const fields = Object.entries(schema.properties ?? {});
  const required = fields.filter(([name]) => (schema.required ?? []).includes(name) || SHOWN.has(name));
  // A body in which everything is optional still has to say something.
  const shown = required.length > 0 ? required : fields.slice(0, 1);
  return Object.fromEntries(shown.map(([name, one]) => [name, sampleOf(document, one, name, depth + 1)]));
}
