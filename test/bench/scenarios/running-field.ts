import type { Candidate } from '../candidates/candidate.ts';
import type { Lab, Load, Running } from '../harness/lab.ts';

/** Candidates that run throughout a scenario, each started and warmed up on first use. */
export class RunningField {
  readonly #lab: Lab;
  readonly #warmUp: readonly Load[];
  readonly #running = new Map<Candidate, Running>();

  /** @param warmUp run one after the other before the first use of a candidate */
  constructor(lab: Lab, warmUp: readonly Load[]) {
    this.#lab = lab;
    this.#warmUp = warmUp;
  }

  /** @throws {Error} saying why it cannot run */
  async get(candidate: Candidate): Promise<Running> {
    const there = this.#running.get(candidate);
    if (there) return there;
    const running = await this.#lab.start(candidate);
    this.#running.set(candidate, running);
    for (const load of this.#warmUp) await this.#lab.load(running, load).result;
    return running;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map((running) => running.stop()));
  }
}
