/** Finds which of these generation ids an account has booked already. */
export type FindTaken = (account: string, ids: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * Whether generation ids are free, so that no id is ever charged twice. The question is asked while the reservation is
 * being written, and the answer kept, so that the settlement, which the client waits for, need not ask.
 *
 * The answer holds as long as nobody else has changed the account, which the condition of the settlement's own write
 * makes sure of: it is on what this process has committed itself since it loaded the account. So a load drops all answers.
 */
export class FreeIds {
  readonly #find: FindTaken;
  readonly #asked = new Map<string, Map<string, Promise<ReadonlySet<string> | undefined>>>();

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
  ask(account: string, ids: readonly string[]): void {
    if (ids.length === 0) return;
    const answer = this.#find(account, ids).catch(() => undefined);
    const asked = this.#asked.get(account) ?? new Map<string, typeof answer>();
    this.#asked.set(account, asked);
    for (const id of ids) asked.set(id, answer);
  }

  /** Whether any of these ids is taken. Each answer counts once. */
  async anyTaken(account: string, ids: readonly string[]): Promise<boolean> {
    const asked = this.#asked.get(account);
    const answers = ids.map((id) => asked?.get(id));
    this.drop(account, ids);
    const unknown: string[] = [];
    for (const [at, id] of ids.entries()) {
      const taken = await answers[at];
      if (!taken) unknown.push(id);
      else if (taken.has(id)) return true;
    }
    return unknown.length > 0 && (await this.#find(account, unknown)).size > 0;
  }
}
