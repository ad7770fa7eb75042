import type { Wanted } from './booked.ts';
import { recordKey } from './values.ts';

/** Finds which of these generation ids accounts have booked already, by `recordKey`. */
export type FindTaken = (wanted: readonly Wanted[]) => Promise<{ has(key: string): boolean }>;

type Answer = Promise<Awaited<ReturnType<FindTaken>> | undefined>;

/**
 * Whether generation ids are free, so that no id is ever charged twice. The question is asked while the reservation is
 * being written, and the answer kept, so that the settlement, which the client waits for, need not ask.
 *
 * The answer holds as long as nobody else has changed the account, which the condition of the settlement's own write
 * makes sure of: it is on what this process has committed itself since it loaded the account. So a load drops all answers.
 */
export class FreeIds {
  readonly #find: FindTaken;
  readonly #asked = new Map<string, Map<string, Answer>>();

  constructor(find: FindTaken) {
    this.#find = find;
  }

  /** Drops what was learned of an account. */
  forget(account: string): void {
    this.#asked.delete(account);
  }

  /** Ids that will not be settled. */
  drop(account: string, ids: readonly string[]): void {
    const asked = this.#asked.get(account);
    if (!asked) return;
    for (const id of ids) asked.delete(id);
    if (asked.size === 0) this.#asked.delete(account);
  }

  /** Asks ahead. A question that fails is asked again when the answer is needed. */
  ask(wanted: readonly Wanted[]): void {
    const some = wanted.filter(({ ids }) => ids.length > 0);
    if (some.length === 0) return;
    const answer: Answer = this.#find(some).catch(() => undefined);
    for (const { account, ids } of some) {
      const asked = this.#asked.get(account) ?? new Map<string, Answer>();
      this.#asked.set(account, asked);
      for (const id of ids) asked.set(id, answer);
    }
  }

  /** Whether any of these ids is taken. Each answer counts once. */
  async anyTaken({ account, ids }: Wanted): Promise<boolean> {
    const asked = this.#asked.get(account);
    const answers = ids.map((id) => asked?.get(id));
    this.drop(account, ids);
    const unknown: string[] = [];
    for (const [at, id] of ids.entries()) {
      const taken = await answers[at];
      if (!taken) unknown.push(id);
      else if (taken.has(recordKey(account, id))) return true;
    }
    if (unknown.length === 0) return false;
    const taken = await this.#find([{ account, ids: unknown }]);
    return unknown.some((id) => taken.has(recordKey(account, id)));
  }
}
