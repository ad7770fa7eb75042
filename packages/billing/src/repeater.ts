/** Does something every so often, never twice at once. Does not keep the process alive. */
export class Repeater {
  readonly #act: () => Promise<void>;
  readonly #everyMs: number;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(act: () => Promise<void>, everyMs: number, failed: (error: unknown) => void) {
    this.#act = act;
    this.#everyMs = everyMs;
    this.#failed = failed;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      this.#running ??= this.#act()
        .catch(this.#failed)
        .finally(() => {
          this.#running = undefined;
        });
    }, this.#everyMs).unref();
  }

  /** Stops, and waits for what is running. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }
}
