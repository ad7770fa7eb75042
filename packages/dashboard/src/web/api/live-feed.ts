import type { LiveBalance } from './credits.ts';
import type { GenerationRow } from './generations.ts';

/** `away`: the connection is lost, and is being made again. */
export type FeedState = 'connecting' | 'live' | 'away';

export interface FeedListener {
  readonly onState: (state: FeedState) => void;
  readonly onGeneration: (row: GenerationRow) => void;
  readonly onBalance: (balance: LiveBalance) => void;
  /** The feed is there again, but what was settled meanwhile may not have been told. */
  readonly onGap: () => void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Follows requests as they settle. A connection that breaks is made again: by the browser, which says what it has seen; or
 * by us, where the server refused and the browser gives up. While nobody looks at the page it rests.
 *
 * @returns ends it
 */
export function followGenerations(url: string, listener: FeedListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = FIRST_PAUSE_MS;
  let connections = 0;

  function connect(): void {
    clearTimeout(timer);
    source?.close();
    const opened = new EventSource(url);
    source = opened;
    // A connection of ours begins with what comes. The browser's own next one goes on where the last one ended, if
    // that one told where it was.
    let gap = connections > 0;
    connections += 1;
    opened.addEventListener('open', () => {
      pauseMs = FIRST_PAUSE_MS;
      listener.onState('live');
      if (gap) listener.onGap();
      gap = true;
    });
    opened.addEventListener('generation', ({ data, lastEventId }: MessageEvent<string>) => {
      gap = lastEventId === '';
      listener.onGeneration(JSON.parse(data) as GenerationRow);
    });
    opened.addEventListener('balance', ({ data, lastEventId }: MessageEvent<string>) => {
      gap = lastEventId === '';
      listener.onBalance(JSON.parse(data) as LiveBalance);
    });
    opened.addEventListener('error', () => {
      listener.onState('away');
      if (opened.readyState === EventSource.CLOSED) retryLater();
    });
  }

  function retryLater(): void {
    timer = setTimeout(connect, pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }

  function rest(): void {
    clearTimeout(timer);
    source?.close();
    source = undefined;
    listener.onState('away');
  }

  function onVisibility(): void {
    if (document.hidden) rest();
    else connect();
  }

  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', connect);
  window.addEventListener('offline', rest);
  listener.onState('connecting');
  if (!document.hidden) connect();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', connect);
    window.removeEventListener('offline', rest);
    clearTimeout(timer);
    source?.close();
  };
}
