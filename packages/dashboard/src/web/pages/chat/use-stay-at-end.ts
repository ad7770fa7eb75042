import { useEffect } from 'react';
import type { RefObject } from 'react';

const NEAR_PX = 160;

/** Follows what grows at the end, unless the reader has scrolled away from it. */
export function useStayAtEnd(end: RefObject<HTMLElement | null>, growing: unknown): void {
  useEffect(() => {
    const { scrollHeight, clientHeight } = document.documentElement;
    if (scrollHeight - clientHeight - window.scrollY < NEAR_PX) end.current?.scrollIntoView({ block: 'end' });
  }, [end, growing]);
}
