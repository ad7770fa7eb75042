/*
 * Server-sent events as latin1 text: one character a byte, so that a UTF-8 character cut in two by the network stays
 * whole, and everything that nobody looks at passes byte for byte.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */

/** An empty line ends an event. Line ends are LF, CRLF or, in theory, a lone CR. */
const END_OF_EVENT = /\n\r?\n|\r\r/g;

/** Cuts a byte stream at the ends of its events. */
export class EventSplitter {
  #rest = '';
  #sawCr = false;

  /**
   * Adds bytes.
   *
   * @returns the events that are complete now, each with the empty line that ends it
   */
  push(text: string): string[] {
    this.#sawCr ||= text.includes('\r');
    const whole = this.#rest === '' ? text : this.#rest + text;
    const events: string[] = [];
    let from = 0;
    for (;;) {
      const end = this.#endOfEvent(whole, from);
      if (end < 0) break;
      events.push(from === 0 && end === whole.length ? whole : whole.slice(from, end));
      from = end;
    }
    this.#rest = from === 0 ? whole : whole.slice(from);
    return events;
  }

  /** What came after the last complete event, which it forgets. */
  end(): string {
    const rest = this.#rest;
    this.#rest = '';
    return rest;
  }

  /** Characters held back, for callers that bound them. */
  get held(): number {
    return this.#rest.length;
  }

  #endOfEvent(text: string, from: number): number {
    if (!this.#sawCr) {
      const at = text.indexOf('\n\n', from);
      return at < 0 ? -1 : at + 2;
    }
    END_OF_EVENT.lastIndex = from;
    const match = END_OF_EVENT.exec(text);
    return match === null ? -1 : match.index + match[0].length;
  }
}

/**
 * The data of an event: its `data:` lines joined, or `undefined` for an event without any (a comment, a bare `id:`).
 */
export function eventData(event: string): string | undefined {
  // Nearly every event is one `data:` line.
  if (event.startsWith('data:') && event.indexOf('\n') === event.length - 2) {
    return event.slice(event.charCodeAt(5) === 0x20 ? 6 : 5, -2);
  }
  let data: string | undefined;
  for (const line of event.replace(/^\u00ef\u00bb\u00bf/, '').split(/\r\n|\n|\r/)) {
    if (line !== 'data' && !line.startsWith('data:')) continue;
    const value = line.slice(line.charCodeAt(5) === 0x20 ? 6 : 5);
    data = data === undefined ? value : `${data}\n${value}`;
  }
  return data;
}
