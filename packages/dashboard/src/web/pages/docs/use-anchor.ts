import { useSyncExternalStore } from 'react';

/** What the address points to within the page; empty for nothing. */
export function useAnchor(): string {
  return useSyncExternalStore(listen, read);
}

function listen(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

function read(): string {
  return decodeURIComponent(location.hash.slice(1));
}
