import { Skeleton } from '@mantine/core';
import type { ReactElement } from 'react';

/** Stands where a page will be. */
export function PageSkeleton(): ReactElement {
  return (
    <div className="or-page" aria-busy="true">
      <span className="or-hidden" role="status">
        Loading
      </span>
      <Skeleton height={28} width={180} mb="lg" />
      <Rows count={6} />
    </div>
  );
}

/** Stands where `count` rows will be. */
export function Rows({
  count,
  height = 44,
}: {
  readonly count: number;
  readonly height?: number;
}): ReactElement {
  return (
    <div className="or-stack" aria-hidden>
      {Array.from({ length: count }, (_unused, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </div>
  );
}
