/** A client's call under way. */
export class Asked {
  readonly #controller = new AbortController();
  readonly response: Promise<globalThis.Response>;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #read = Buffer.alloc(0);

  constructor(url: string, body: object, headers: Record<string, string>) {
    this.response = fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
      signal: this.#controller.signal,
    });
    this.response.catch(() => {});
  }

  leave(): void {
    this.#controller.abort();
  }

  async header(name: string): Promise<string | null> {
    return (await this.response).headers.get(name);
  }

  async id(): Promise<string | null> {
    return this.header('x-generation-id');
  }

  /** Reads until the text holds something, or to the end. */
  async until(part?: string): Promise<string> {
    this.#reader ??= (await this.response).body?.getReader();
    for (;;) {
      if (part !== undefined && this.#read.includes(part)) return this.#read.toString();
      const piece = await this.#reader?.read();
      if (!piece?.value) return this.#read.toString();
      this.#read = Buffer.concat([this.#read, piece.value]);
    }
  }

  text(): Promise<string> {
    return this.until();
  }

  async json(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.text()) as Record<string, unknown>;
  }

  /** The events of a stream to its end, without the end mark. */
  async events(): Promise<Record<string, unknown>[]> {
    const text = await this.text();
    if (!text.endsWith('data: [DONE]\n\n')) throw new Error(`no end mark: ${text}`);
    return text
      .split('\n\n')
      .filter((event) => event.startsWith('data: {'))
      .map((event) => JSON.parse(event.slice(6)) as Record<string, unknown>);
  }

  /** The text that a stream said. */
  async said(): Promise<string> {
    return contentOf(await this.events());
  }
}

export function contentOf(events: readonly Record<string, unknown>[]): string {
  return events
    .flatMap((event) => event['choices'] as { delta?: { content?: string } }[])
    .map((choice) => choice.delta?.content ?? '')
    .join('');
}
