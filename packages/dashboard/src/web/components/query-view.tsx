import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorNotice } from './error-notice.tsx';
import { Rows } from './page-skeleton.tsx';

export interface QueryViewProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** Shown while nothing is there. @default six grey rows */
  readonly loading?: ReactNode;
  /** Title of the notice when it fails. */
  readonly errorTitle?: string;
  /** Whether there is nothing to show, and `empty` is shown. @default an empty list */
  readonly isEmpty?: (data: Data) => boolean;
  readonly empty?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** What a query has: loading, failed, empty or there. What was read before stays while it is read again. */
export function QueryView<Data>(props: QueryViewProps<Data>): ReactNode {
  const { query, loading = <Rows count={6} />, errorTitle, empty, isEmpty = isEmptyList, children } = props;
  if (query.data === undefined) {
    if (!query.isError) return loading;
    return (
      <ErrorNotice
        error={query.error}
        retry={query.refetch}
        {...(errorTitle !== undefined && { title: errorTitle })}
      />
    );
  }
  return empty !== undefined && isEmpty(query.data) ? empty : children(query.data);
}

function isEmptyList(data: unknown): boolean {
  return Array.isArray(data) && data.length === 0;
}
