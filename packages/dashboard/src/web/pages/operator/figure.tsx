import { Skeleton } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

export interface FigureProps {
  readonly label: string;
  /** Below the figure, smaller. */
  readonly note?: ReactNode;
  /** Grey while it is absent. */
  readonly children?: ReactNode;
}

/** One figure of a list of them. */
export function Figure({ label, note, children }: FigureProps): ReactElement {
  return (
    <div className="or-card">
      <dt>{label}</dt>
      <dd>
        {children ?? <Skeleton height={26} width={90} my={3} />}
        {note !== undefined && <span className="or-figure-note">{note}</span>}
      </dd>
    </div>
  );
}
