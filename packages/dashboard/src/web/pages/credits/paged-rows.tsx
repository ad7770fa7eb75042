import { Button, Text } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import type { ListPage } from '../../api/page.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Rows } from '../../components/page-skeleton.tsx';

export interface PagedRowsProps<Item> {
  readonly pages: UseInfiniteQueryResult<InfiniteData<ListPage<Item>, string | null>>;
  readonly errorTitle: string;
  /** Said where there are none. */
  readonly empty: string;
  readonly children: (all: readonly Item[]) => ReactNode;
}

/** A list that is read a page at a time: what is there, and a button for more. */
export function PagedRows<Item>({ pages, errorTitle, empty, children }: PagedRowsProps<Item>): ReactElement {
  const all = pages.data?.pages.flatMap(({ data }) => data);
  if (all === undefined) {
    if (!pages.isError) return <Rows count={3} />;
    return <ErrorNotice error={pages.error} title={errorTitle} retry={pages.refetch} />;
  }
  if (all.length === 0) return <Text c="dimmed">{empty}</Text>;
  return (
    <>
      {children(all)}
      {pages.isFetchNextPageError && <ErrorNotice error={pages.error} title={errorTitle} />}
      {pages.hasNextPage && (
        <div className="or-credits-more">
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            Load older
          </Button>
        </div>
      )}
    </>
  );
}
