import type { Generation } from '@onerouter/core';

/** Where generations are kept. Records hold sizes, times and money, never a prompt or a completion. */
export interface GenerationLog {
  /** Keeps a finished generation. A second call with the same id changes nothing. */
  append(generation: Generation): Promise<void>;
  /** A generation of one account, running ones (`status: 'pending'`) included; `undefined` when it has none by that id. */
  find(accountId: string, id: string): Promise<Generation | undefined>;
}
