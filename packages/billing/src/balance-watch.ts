import { warningLog, type Log } from '@onerouter/core';
import type { Ledger } from './ledger.ts';
import type { BalanceChange } from './ledger-views.ts';

/** How long changes of an account are gathered before its watchers hear of them. */
export const WATCH_EVERY_MS = 1_000;
/** Accounts that are told of at once, so that a watcher that asks a store does not flood it. */
export const WATCHED_AT_ONCE = 16;

/** Hears of an account at most once in the watch's interval, and may take its time: nothing waits for it. */
export type BalanceWatcher = (change: BalanceChange) => void | Promise<void>;

export interface BalanceWatchOptions {
  readonly ledger: Pick<Ledger, 'onBalance'>;
  /** @default 1000 */
  readonly everyMs?: number;
  /** Where failures of watchers are reported. @default Node's process warnings */
  readonly log?: Log;
}

export interface BalanceWatch {
  /** @returns what ends it */
  subscribe(watcher: BalanceWatcher): () => void;
  /** Tells of what was gathered so far, and resolves when every watcher is done with it. */
  flush(): Promise<void>;
  /** Stops listening, after a last {@link BalanceWatch.flush}. */
  close(): Promise<void>;
}

/**
 * Tells what asks stores or calls others, such as alerts and top-ups, of balances that this process changed: up and down,
 * several changes of an account as one, without a read and without anything that waits for it.
 */
export function balanceWatch(options: BalanceWatchOptions): BalanceWatch {
  const { ledger, everyMs = WATCH_EVERY_MS, log = warningLog } = options;
  const watchers = new Set<BalanceWatcher>();
  let gathered = new Map<string, BalanceChange>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();

  const end = ledger.onBalance(function gather(change) {
    const earlier = gathered.get(change.account);
    gathered.set(change.account, earlier ? { ...change, before: earlier.before } : change);
    timer ??= setTimeout(() => void flush(), everyMs).unref();
  });

  const tell = async (change: BalanceChange): Promise<void> => {
    for (const watcher of watchers) {
      try {
        await watcher(change);
      } catch (err) {
        log.error({ err, account: change.account }, 'What watches balances failed.');
      }
    }
  };

  const tellAll = async (changes: ReadonlyMap<string, BalanceChange>): Promise<void> => {
    const left = changes.values();
    const work = async (): Promise<void> => {
      for (const change of left) await tell(change);
    };
    await Promise.all(Array.from({ length: Math.min(WATCHED_AT_ONCE, changes.size) }, work));
  };

  /** One after the other, so that a watcher is never told of an account twice at once, nor out of order. */
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const changes = gathered;
    gathered = new Map();
    if (changes.size > 0) flushing = flushing.then(() => tellAll(changes));
    return flushing;
  };

  return {
    subscribe(watcher) {
      const own: BalanceWatcher = (change) => watcher(change);
      watchers.add(own);
      return () => {
        watchers.delete(own);
      };
    },
    flush,
    async close() {
      end();
      await flush();
    },
  };
}
