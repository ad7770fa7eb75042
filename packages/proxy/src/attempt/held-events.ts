/** Bounds on what is held back before the first output: life-cycle events are few and small. */
export const MAX_HELD_EVENTS = 64;
export const MAX_HELD_BYTES: number = 256 * 1024;

/**
 * Events that came before the first output. They are dropped with an attempt that fails, and sent when it answers, so
 * that a client never sees the beginning of an answer that another provider then gives.
 */
export class HeldEvents {
  #events = '';
  #count = 0;

  /** @returns false when no more can be held */
  add(events: string): boolean {
    if (events !== '') {
      this.#events += events;
      this.#count += 1;
    }
    return this.#count < MAX_HELD_EVENTS && this.#events.length < MAX_HELD_BYTES;
  }

  take(): string {
    const events = this.#events;
    this.#events = '';
    return events;
  }
}
