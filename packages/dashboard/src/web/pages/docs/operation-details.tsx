import { Text, Title } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { sdkBaseUrl } from '../../lib/api-address.ts';
import { resolveResponse } from '../../api/api-document.ts';
import type { ApiDocument, Content } from '../../api/api-document.ts';
import { ExampleTabs } from './example-tabs.tsx';
import { examplesOf } from './examples.ts';
import { Prose } from './prose.tsx';
import type { ListedOperation } from './read-operations.ts';
import { SchemaTree } from './schema-tree.tsx';

export interface OperationDetailsProps {
  readonly document: ApiDocument;
  readonly listed: ListedOperation;
}

export function OperationDetails({ document, listed }: OperationDetailsProps): ReactElement {
  const { operation } = listed;
  const { parameters = [], requestBody, responses = {} } = operation;
  const place = { origin: location.origin, baseUrl: sdkBaseUrl() };
  const fields = parameters.map(({ name, in: where, required = false, description, schema = {} }) => ({
    name,
    named: true,
    required,
    note: where === 'query' ? undefined : `in the ${where}`,
    schema: description === undefined ? schema : { description, ...schema },
  }));
  return (
    <div className="or-operation-columns">
      <div>
        {operation.description !== undefined && (
          <Text>
            <Prose text={operation.description} />
          </Text>
        )}
        {fields.length > 0 && (
          <Part title="Parameters">
            <SchemaTree document={document} fields={fields} />
          </Part>
        )}
        {requestBody?.content && (
          <Part title="Body">
            <Bodies document={document} content={requestBody.content} />
          </Part>
        )}
        {Object.entries(responses).map(([status, raw]) => {
          const response = resolveResponse(document, raw);
          return (
            <Part key={status} title={status === 'default' ? 'Errors' : `Answer ${status}`}>
              {response.description !== undefined && (
                <Text c="dimmed">
                  <Prose text={response.description} />
                </Text>
              )}
              {response.content && <Bodies document={document} content={response.content} />}
            </Part>
          );
        })}
      </div>
      <div className="or-operation-examples">
        <ExampleTabs examples={examplesOf(document, listed, place)} />
      </div>
    </div>
  );
}

function Bodies({
  document,
  content,
}: {
  readonly document: ApiDocument;
  readonly content: Content;
}): ReactElement {
  return (
    <>
      {Object.entries(content).map(([type, { schema }]) => (
        <div key={type}>
          <span className="or-note or-mono">{type}</span>
          {schema && <SchemaTree document={document} root={schema} />}
        </div>
      ))}
    </>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="or-operation-part">
      <Title order={3} size="sm">
        {title}
      </Title>
      {children}
    </div>
  );
}
