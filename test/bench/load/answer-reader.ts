const END_OF_HEAD = '\r\n\r\n';
const LAST_CHUNK = '\r\n0\r\n\r\n';
const EVENT = 'data: ';
/** Enough to hold the end mark and the last chunk, in whatever pieces they come. */
const TAIL_CHARS = 64;

/** Reads one HTTP/1.1 answer, as little of it as tells where it ends and what came. */
export class AnswerReader {
  /** 0 until the head is there. */
  status = 0;
  events = 0;
  done = false;
  #head = '';
  /** Body bytes that are left; -1 for a chunked body, -2 for one that ends with the connection. */
  #left = 0;
  #tail = '';

  /** Whether an answer that ends with its connection has ended well. */
  get endsWithConnection(): boolean {
    return this.status !== 0 && this.#left === -2;
  }

  /** Whether the end mark of an event stream was among the last bytes. */
  get endMark(): boolean {
    return this.#tail.includes('[DONE]');
  }

  take(data: Buffer): void {
    const body = this.status === 0 ? this.#readHead(data) : data;
    if (body === undefined) return;
    if (this.#left >= 0) {
      this.#left -= body.length;
      this.done = this.#left <= 0;
      return;
    }
    const text = body.toString('latin1');
    this.#countEvents(text);
    this.#tail = (this.#tail + text).slice(-TAIL_CHARS);
    this.done = this.#left === -1 && this.#tail.endsWith(LAST_CHUNK);
  }

  #readHead(data: Buffer): Buffer | undefined {
    const before = this.#head.length;
    this.#head += data.toString('latin1');
    const end = this.#head.indexOf(END_OF_HEAD);
    if (end < 0) return undefined;
    const head = this.#head.slice(0, end);
    this.status = Number(head.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length !== undefined) this.#left = Number(length);
    else this.#left = /\r\ntransfer-encoding: *chunked/i.test(head) ? -1 : -2;
    this.#tail = '\r\n';
    return data.subarray(end + END_OF_HEAD.length - before);
  }

  #countEvents(text: string): void {
    // A mark that was cut in two is found with the end of what came before, which cannot hold a whole one.
    const all = this.#tail.slice(1 - EVENT.length) + text;
    for (let at = all.indexOf(EVENT); at >= 0; at = all.indexOf(EVENT, at + 1)) this.events++;
  }
}
