import { Button, Loader } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import type { ReactElement } from 'react';
import type { GenerationRow } from '../../api/generations.ts';
import { count } from '../../lib/format.ts';
import { LogRow } from './log-row.tsx';
import { useRowsInSight } from './use-rows-in-sight.ts';

const HEADINGS = ['Time', 'Model and provider', 'Key', 'In', 'Out', 'Cost', 'Latency, speed', 'Status'];
const ROW_HEIGHT = 54;
const NARROW_ROW_HEIGHT = 104;
/** Further down than this somebody reads, and nothing moves. */
const READING_PX = 40;

export interface LogListProps {
  readonly rows: readonly GenerationRow[];
  /** New rows that are kept back while somebody reads further down. */
  readonly held: number;
  readonly onReading: (reading: boolean) => void;
  readonly onOpen: (id: string) => void;
  /** Loads older ones; `undefined` where there are none. */
  readonly loadOlder: (() => void) | undefined;
  readonly loading: boolean;
}

/** The requests. However many there are, only those in sight are in the document. */
export function LogList(props: LogListProps): ReactElement {
  const { rows, held, onReading, onOpen, loadOlder, loading } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useMediaQuery('(max-width: 64rem)', false, { getInitialValueInEffect: false });
  const height = narrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const { first, last, onScroll } = useRowsInSight(scroller, height, rows.length);

  return (
    <div className="or-log-frame">
      {held > 0 && (
        <Button
          className="or-log-newer"
          size="compact-sm"
          radius="xl"
          leftSection={<ArrowUp size={14} aria-hidden />}
          onClick={() => scroller.current?.scrollTo({ top: 0 })}
        >
          {count(held)} new
        </Button>
      )}
      <div
        ref={scroller}
        className="or-log-scroller"
        onScroll={({ currentTarget }) => {
          onScroll();
          onReading(currentTarget.scrollTop > READING_PX);
        }}
      >
        <div role="table" aria-label="Requests" aria-rowcount={rows.length + 1}>
          <div role="row" className="or-log-grid or-log-head" aria-rowindex={1}>
            {HEADINGS.map((heading) => (
              <div key={heading} role="columnheader">
                {heading}
              </div>
            ))}
          </div>
          <div role="rowgroup" className="or-log-rows" style={{ height: rows.length * height }}>
            {rows.slice(first, last).map((row, place) => (
              <div
                key={row.id}
                role="row"
                aria-rowindex={first + place + 2}
                className="or-log-grid or-log-row"
                style={{ height, transform: `translateY(${(first + place) * height}px)` }}
              >
                <LogRow row={row} onOpen={onOpen} />
              </div>
            ))}
          </div>
        </div>
        <div className="or-more or-log-end">
          {loadOlder ? (
            <Button variant="default" onClick={loadOlder} loading={loading}>
              Load older
            </Button>
          ) : loading ? (
            <Loader size="sm" />
          ) : (
            <span className="or-quiet">These are all: {count(rows.length)}.</span>
          )}
        </div>
      </div>
    </div>
  );
}
