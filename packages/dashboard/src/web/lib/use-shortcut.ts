import { useEffect } from 'react';

const TYPING = 'input, textarea, select, [contenteditable="true"]';

/** Runs when a single key is pressed while nobody types. */
export function useShortcut(key: string, run: () => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const target = event.target instanceof Element ? event.target : null;
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target?.closest(TYPING) || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      run();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [key, run]);
}
