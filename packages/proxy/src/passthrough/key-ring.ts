import type { Provider } from '@onerouter/core';

/** Which of its keys a provider is called with. A body that has been streamed cannot be sent again with another one. */
export class KeyRing {
  readonly #turns = new WeakMap<Provider, number>();

  /** The key for the next call; `undefined` for a provider without authentication. */
  keyFor(provider: Provider): string | undefined {
    const { apiKeys } = provider;
    return apiKeys[(this.#turns.get(provider) ?? 0) % Math.max(1, apiKeys.length)];
  }

  /** A key was refused: later calls go out with the one behind it. Several calls that fail with one key turn once. */
  refused(provider: Provider, apiKey: string | undefined): void {
    if (this.keyFor(provider) !== apiKey) return;
    this.#turns.set(provider, (this.#turns.get(provider) ?? 0) + 1);
  }
}
