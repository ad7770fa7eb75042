import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import type { ApiDocument, Schema } from '../../api/api-document.ts';
import { Prose } from './prose.tsx';
import { readSchema } from './schema-node.ts';
import type { SchemaField, SchemaNode } from './schema-node.ts';

interface NotedField extends SchemaField {
  /** Beside the type: `in the path`. */
  readonly note?: string | undefined;
}

export interface SchemaTreeProps {
  readonly document: ApiDocument;
  /** A schema whose fields are shown… @default none */
  readonly root?: Schema;
  /** …or the fields themselves. @default those of the root */
  readonly fields?: readonly NotedField[];
}

/** Fields with their types; what has fields inside unfolds. */
export function SchemaTree({ document, root, fields }: SchemaTreeProps): ReactElement {
  const node = root && readSchema(document, root);
  const shown = fields ?? node?.children ?? [];
  const typed = node && (shown.length === 0 || node.type.startsWith('list'));
  return (
    <>
      {typed && <Type node={node} />}
      {node && <Description node={node} />}
      {shown.length > 0 && (
        <ul className="or-fields">
          {shown.map((field, index) => (
            <Field key={`${index} ${field.name}`} document={document} field={field} />
          ))}
        </ul>
      )}
    </>
  );
}

interface FieldProps {
  readonly document: ApiDocument;
  readonly field: NotedField;
}

function Field({ document, field }: FieldProps): ReactElement {
  const [open, setOpen] = useState(false);
  const node = readSchema(document, field.schema);
  const head = (
    <>
      <span className={field.named ? 'or-field-name' : 'or-quiet'}>{field.name}</span> <Type node={node} />
      {field.note !== undefined && <span className="or-quiet"> {field.note}</span>}
      {field.required && <span className="or-field-required"> required</span>}
      {node.deprecated && <span className="or-quiet"> deprecated</span>}
      <Description node={node} />
    </>
  );
  if (node.children.length === 0) return <li>{head}</li>;
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <ChevronRight size={14} aria-hidden className="or-field-mark" />
          {head}
        </summary>
        {open && <SchemaTree document={document} fields={node.children} />}
      </details>
    </li>
  );
}

function Type({ node }: { readonly node: SchemaNode }): ReactElement {
  return <span className="or-field-type">{node.type}</span>;
}

function Description({ node }: { readonly node: SchemaNode }): ReactElement | null {
  const facts = node.facts.join('; ');
  if (node.description === undefined && facts === '') return null;
  return (
    <span className="or-field-text">
      {node.description !== undefined && <Prose text={node.description} />}{' '}
      {facts !== '' && <span className="or-quiet">{facts}</span>}
    </span>
  );
}
