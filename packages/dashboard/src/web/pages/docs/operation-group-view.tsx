import { Title } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ApiDocument } from '../../api/api-document.ts';
import { OperationView } from './operation-view.tsx';
import type { OperationGroup } from './read-operations.ts';

export interface OperationGroupViewProps {
  readonly document: ApiDocument;
  readonly group: OperationGroup;
  /** What the address points to. */
  readonly anchor: string;
}

export function OperationGroupView({ document, group, anchor }: OperationGroupViewProps): ReactElement {
  const id = `tag-${group.tag.replaceAll(/\W+/g, '-').toLowerCase()}`;
  return (
    <section className="or-docs-group" aria-labelledby={id}>
      <Title order={2} id={id}>
        {group.tag}
      </Title>
      {group.operations.map((listed) => (
        <OperationView key={listed.id} document={document} listed={listed} pointedAt={listed.id === anchor} />
      ))}
    </section>
  );
}
