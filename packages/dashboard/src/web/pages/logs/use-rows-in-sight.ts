import { useCallback, useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Rows beyond the edges that are drawn too, so that scrolling meets no gaps. */
const BEYOND = 12;

export interface RowsInSight {
  /** Index of the first row to draw. */
  readonly first: number;
  /** Index behind the last one. */
  readonly last: number;
  readonly onScroll: () => void;
}

/**
 * Which of many rows can be seen.
 *
 * @param scroller the element that scrolls
 * @param rowHeight of every row, in CSS pixels
 * @param count of all rows
 */
export function useRowsInSight(
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
): RowsInSight {
  const [{ top, rows }, setSight] = useState({ top: 0, rows: 20 });

  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const next = {
      top: Math.floor(element.scrollTop / rowHeight),
      rows: Math.ceil(element.clientHeight / rowHeight) + 1,
    };
    setSight((known) => (known.top === next.top && known.rows === next.rows ? known : next));
  }, [scroller, rowHeight]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, measure]);

  const first = Math.max(0, Math.min(top, count - rows) - BEYOND);
  return { first, last: Math.min(count, first + rows + 2 * BEYOND), onScroll: measure };
}
