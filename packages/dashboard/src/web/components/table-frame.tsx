import { Table } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

export interface TableFrameProps {
  /** Names the table for screen readers. */
  readonly label: string;
  /**
   * Whether rows become blocks on narrow screens, each cell with the text of its `data-label` before it.
   * @default false, where the table scrolls sideways
   */
  readonly stacks?: boolean;
  readonly children: ReactNode;
}

/** A table in a frame that it cannot outgrow. */
export function TableFrame({ label, stacks = false, children }: TableFrameProps): ReactElement {
  return (
    <section className="or-table-frame" aria-label={label} tabIndex={0} data-stacks={stacks || undefined}>
      <Table verticalSpacing="xs" horizontalSpacing="md">
        {children}
      </Table>
    </section>
  );
}
