import { useEffect, useRef } from 'react';

/** Another page begins at its top, and is what keyboards and screen readers go on from. */
export function usePageChange(path: string): void {
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    window.scrollTo({ top: 0 });
    document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
  }, [path]);
}
