import type { Fields } from './gateway.ts';

/** A response body that is read piece by piece. */
export class Reading {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #read = Buffer.alloc(0);

  constructor(response: Response) {
    this.#reader = response.body?.getReader();
  }

  /** Reads until the text holds something, or to the end. */
  async until(part?: string): Promise<string> {
    for (;;) {
      const text = this.#read.toString();
      if (part !== undefined && text.includes(part)) return text;
      const piece = await this.#reader?.read();
      if (!piece?.value) {
        if (part !== undefined) throw new Error(`Ended without ${part}: ${text}`);
        return text;
      }
      this.#read = Buffer.concat([this.#read, piece.value]);
    }
  }
}

/** The `data:` events of a whole stream, without the end mark, which must be there. */
export function eventsOf(text: string): Fields[] {
  if (!text.endsWith('data: [DONE]\n\n')) throw new Error(`No end mark: ${text}`);
  return text
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice(6)) as Fields);
}

/** The text that a stream of chat chunks says. */
export function saidIn(text: string): string {
  return eventsOf(text)
    .flatMap((event) => event['choices'] as { delta?: { content?: string } }[])
    .map((choice) => choice.delta?.content ?? '')
    .join('');
}
