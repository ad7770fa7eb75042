import { Client, Pool, type Dispatcher } from 'undici';
import type { Provider } from '@onerouter/core';

/** The connections to one provider. */
export interface Upstream {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path of the base URL, without a trailing slash. */
  readonly basePath: string;
  readonly dispatcher: Dispatcher;
  /** Whether a connection may have been waiting idle, so that a reset can mean a stale socket. */
  reused: boolean;
  /** A connection of its own, for once. Close it after use. */
  fresh(): Dispatcher;
}

/** Connection pools, one for each provider, made on first use. */
export class Upstreams {
  readonly #byProvider = new WeakMap<Provider, Upstream>();
  readonly #open = new Set<Pool>();

  for(provider: Provider): Upstream {
    let upstream = this.#byProvider.get(provider);
    if (!upstream) {
      upstream = this.#connect(provider);
      this.#byProvider.set(provider, upstream);
    }
    return upstream;
  }

  /** Closes every connection; requests under way are ended. */
  async close(): Promise<void> {
    await Promise.all([...this.#open].map((pool) => pool.destroy()));
    this.#open.clear();
  }

  #connect(provider: Provider): Upstream {
    const url = new URL(provider.baseUrl);
    const options = {
      connect: { timeout: provider.timeouts.connectMs },
      // The attempt watches each phase itself; the library's own limits would end healthy streams at 300 s.
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
      allowH2: false,
    };
    const pool = new Pool(url.origin, { ...options, connections: null });
    this.#open.add(pool);
    return {
      origin: url.origin,
      basePath: url.pathname.replace(/\/+$/, ''),
      dispatcher: pool,
      reused: false,
      fresh: () => new Client(url.origin, options),
    };
  }
}
