import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

const NEAR_PX = 160;

/**
 * Follows the end of what grows, unless the reader has scrolled away from it.
 *
 * @param parts how many there are; one more leads to the end in any case
 */
export function useStayAtEnd(growing: RefObject<HTMLElement | null>, parts: number): void {
  const shown = useRef(parts);
  useEffect(() => {
    if (parts > shown.current) window.scrollTo({ top: document.documentElement.scrollHeight });
    shown.current = parts;
  }, [parts]);
  useEffect(() => {
    const element = growing.current;
    if (!element) return undefined;
    const page = document.documentElement;
    let following = true;
    function noticeScroll(): void {
      following = page.scrollHeight - page.clientHeight - window.scrollY < NEAR_PX;
    }
    const observer = new ResizeObserver(() => {
      if (following) window.scrollTo({ top: page.scrollHeight });
    });
    observer.observe(element);
    window.addEventListener('scroll', noticeScroll, { passive: true });
    return () => {
      observer.disconnect();
      window.removeEventListener('scroll', noticeScroll);
    };
  }, [growing]);
}
