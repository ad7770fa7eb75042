/** `answered`: the exchange is settled. `alone`: nothing was sent, and it has to make its own call. */
export type Ending = 'answered' | 'alone';

/** The end of a follower: it comes once, whoever brings it first. */
export class FollowerEnd {
  readonly #end: PromiseWithResolvers<Ending> = Promise.withResolvers();
  #over = false;

  get over(): boolean {
    return this.#over;
  }

  get reached(): Promise<Ending> {
    return this.#end.promise;
  }

  /**
   * @param leave takes the follower off its flight
   * @param act what settles the exchange; without it the exchange is left to make its own call
   */
  reach(leave: () => void, act?: () => Promise<void>): void {
    if (this.#over) return;
    this.#over = true;
    leave();
    if (act) act().then(() => this.#end.resolve('answered'), this.#end.reject);
    else this.#end.resolve('alone');
  }
}
