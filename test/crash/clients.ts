import { KEY, MODEL } from './offer.ts';

/** What clients saw of the answers to their calls. */
export class Clients {
  /** Cost in nano-dollars that each whole answer said it has, by its generation's id. */
  readonly whole = new Map<string, bigint>();
  /** Calls that were broken off before their answer was whole. */
  broken = 0;
  /** Statuses of refusals. */
  readonly refused: number[] = [];
  #calls = 0;

  /** Calls one after another until the app is gone. */
  async callUntilBroken(url: string, random: () => number): Promise<void> {
    for (;;) {
      const done = await this.call(url, random() < 0.5).catch(() => undefined);
      if (done === undefined) {
        this.broken += 1;
        return;
      }
    }
  }

  /**
   * Calls once.
   *
   * @returns the status; rejects when the connection breaks
   */
  async call(url: string, stream: boolean, fields: object = {}): Promise<number> {
    this.#calls += 1;
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify({
        model: MODEL,
        // Each is another question, so that none is answered from the cache.
        messages: [{ role: 'user', content: `Write ${this.#calls}.` }],
        max_tokens: 100,
        stream,
        usage: { include: true },
        ...fields,
      }),
    });
    const text = await response.text();
    if (!response.ok) {
      this.refused.push(response.status);
      return response.status;
    }
    const last = stream ? lastEvent(text) : text;
    if (last === undefined) throw new Error('The stream ended before its end.');
    const { id, usage } = JSON.parse(last) as { id: string; usage: { cost: number } };
    this.whole.set(id, BigInt(Math.round(usage.cost * 1e9)));
    return response.status;
  }
}

/** The event before `[DONE]`, if the stream is whole. */
function lastEvent(text: string): string | undefined {
  const events = text.split('\n\n').flatMap((event) => (event.startsWith('data: ') ? [event.slice(6)] : []));
  return events.at(-1) === '[DONE]' ? events.at(-2) : undefined;
}
