import { Client, Pool, type Dispatcher } from 'undici';
import type { Provider } from '@onerouter/core';

/** The connections to one server. */
export class Upstream {
  readonly origin: string;
  readonly dispatcher: Pool;
  /** Whether a connection may have been waiting idle, so that a reset can mean a stale socket. */
  reused = false;
  readonly #options: Client.Options;

  constructor(origin: string, connectMs: number) {
    this.origin = origin;
    this.#options = {
      connect: { timeout: connectMs },
      // The attempt watches each phase itself; the library's own limits would end healthy streams at 300 s.
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
      allowH2: false,
    };
    this.dispatcher = new Pool(origin, { ...this.#options, connections: null });
  }

  /** A connection of its own, for once. Close it after use. */
  fresh(): Dispatcher {
    return new Client(this.origin, this.#options);
  }
}

/** Where a provider's calls go: its server, and the path of its base URL. */
export interface Destination {
  readonly upstream: Upstream;
  /** Without a trailing slash. */
  readonly basePath: string;
}

/** Connection pools, one for each server, made on first use. They outlive reloads of the configuration. */
export class Upstreams {
  readonly #byServer = new Map<string, Upstream>();
  readonly #byProvider = new WeakMap<Provider, Destination>();

  for(provider: Provider): Destination {
    let destination = this.#byProvider.get(provider);
    if (!destination) {
      const { origin, pathname } = new URL(provider.baseUrl);
      const upstream = this.#server(origin, provider.timeouts.connectMs);
      destination = { upstream, basePath: pathname.replace(/\/+$/, '') };
      this.#byProvider.set(provider, destination);
    }
    return destination;
  }

  /** Closes every connection; requests under way are ended. */
  async close(): Promise<void> {
    const upstreams = [...this.#byServer.values()];
    this.#byServer.clear();
    await Promise.all(upstreams.map(({ dispatcher }) => dispatcher.destroy()));
  }

  #server(origin: string, connectMs: number): Upstream {
    const key = `${origin} ${connectMs}`;
    let upstream = this.#byServer.get(key);
    if (!upstream) {
      upstream = new Upstream(origin, connectMs);
      this.#byServer.set(key, upstream);
    }
    return upstream;
  }
}
