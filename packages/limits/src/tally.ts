import type { PointLimiter } from './point-limiter.ts';
import type { Rate } from './rates.ts';

/** What a request has taken of one limit. */
export interface Taken {
  readonly rate: Rate;
  readonly name: string;
  readonly points: number;
  /** In the window, this request included. */
  readonly used: number;
  /** When the window ends, in milliseconds since the epoch. */
  readonly resetAt: number;
}

/** Takes and gives back points. */
export class Tally {
  readonly #limiter: PointLimiter;
  readonly #now: () => number;

  constructor(limiter: PointLimiter, now: () => number) {
    this.#limiter = limiter;
    this.#now = now;
  }

  /**
   * Takes from several limits, from all or from none.
   *
   * @throws what the limiter's store raised
   */
  async take(wanted: readonly Omit<Taken, 'used' | 'resetAt'>[]): Promise<readonly Taken[]> {
    const results = await Promise.allSettled(wanted.map((one) => this.#take(one)));
    const taken = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return taken;
    await this.giveBack(taken).catch(() => {});
    throw failed.reason;
  }

  /** Undoes it, for a request that is refused. */
  async giveBack(taken: readonly Taken[]): Promise<void> {
    await Promise.all(taken.map((one) => this.#change(one, -one.points)));
  }

  /** Puts a true number in place of what was taken. */
  async correct(taken: Taken, points: number): Promise<void> {
    await this.#change(taken, points - taken.points);
  }

  async #take(wanted: Omit<Taken, 'used' | 'resetAt'>): Promise<Taken> {
    const { consumedPoints, msBeforeNext } = await this.#limiter.penalty(wanted.name, wanted.points);
    return { ...wanted, used: consumedPoints, resetAt: this.#now() + msBeforeNext };
  }

  async #change({ name, resetAt }: Taken, by: number): Promise<void> {
    // Points count in the window they were taken in: given back to a later one, they would be allowed twice.
    if (by === 0 || this.#now() >= resetAt) return;
    if (by > 0) {
      await this.#limiter.penalty(name, by);
      return;
    }
    const { consumedPoints } = await this.#limiter.reward(name, -by);
    // The window had ended after all, by the store's clock.
    if (consumedPoints < 0) await this.#limiter.penalty(name, -consumedPoints);
  }
}
