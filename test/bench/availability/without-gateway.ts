import { setTimeout as sleep } from 'node:timers/promises';
import { ask, type Ending } from './client.ts';
import { FIRST_TOKEN_MS, type Circumstances, type Ready } from './contender.ts';
import { chance, type Request } from './schedule.ts';

const HEALTH_CHECK_MS = 1_000;
/** What official SDKs wait before their first retry. */
const BACKOFF_MS = 500;

/** One provider for each request, at random among those whose last health check was good. */
export async function directly(circumstances: Circumstances): Promise<Ready> {
  const picker = await Picker.open(circumstances);
  return {
    ask: (request) => ask({ url: picker.pick(request), timeoutMs: FIRST_TOKEN_MS }, request),
    close: async () => picker.close(),
  };
}

/** The same provider, called once more where an SDK with `maxRetries: 1` does. */
export async function retryingOnce(circumstances: Circumstances): Promise<Ready> {
  const picker = await Picker.open(circumstances);
  const askTwice = async (request: Request): Promise<Ending> => {
    const target = { url: picker.pick(request), timeoutMs: FIRST_TOKEN_MS };
    const first = await ask(target, request);
    if (first.outcome === 'whole' || !first.retryable) return first;
    await sleep(BACKOFF_MS);
    return ask(target, request);
  };
  return { ask: askTwice, close: async () => picker.close() };
}

/** Checks the health of all providers each second, and picks among those that look healthy. */
class Picker {
  readonly #circumstances: Circumstances;
  readonly #timer: NodeJS.Timeout;
  readonly #healthy = new Set<string>();

  private constructor(circumstances: Circumstances) {
    this.#circumstances = circumstances;
    this.#timer = setInterval(() => void this.#check(), HEALTH_CHECK_MS);
  }

  static async open(circumstances: Circumstances): Promise<Picker> {
    const picker = new Picker(circumstances);
    await picker.#check();
    return picker;
  }

  pick({ number }: Request): string {
    const { seed, urls } = this.#circumstances;
    const looking = [...urls].filter(([provider]) => this.#healthy.has(provider));
    const drawn = chance(seed, 'pick', { provider: '', request: number, before: 0 });
    const [, url] = looking[Math.floor(drawn * looking.length)] ?? [];
    if (url === undefined) throw new Error('No provider looks healthy.');
    return url;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #check(): Promise<void> {
    const checks = [...this.#circumstances.urls].map(async ([provider, url]) => {
      const { ok } = await fetch(`${url}/models`);
      if (ok) this.#healthy.add(provider);
      else this.#healthy.delete(provider);
    });
    await Promise.allSettled(checks);
  }
}
