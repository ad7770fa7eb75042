import { Table } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

/** A table that scrolls sideways where it is too wide; `label` names it for screen readers. */
export function TableFrame({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section className="or-table-frame" aria-label={label} tabIndex={0}>
      <Table verticalSpacing="xs" horizontalSpacing="md">
        {children}
      </Table>
    </section>
  );
}
