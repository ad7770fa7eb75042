import { OutgoingMessage, type ServerResponse } from 'node:http';

/**
 * Writes the pieces of a stream. Node puts a chunk together from four writes to the socket, which is a third of what
 * passing on a small event costs; here length, text and line ends leave as one. Where somebody has wrapped
 * `res.write`, where the response is not chunked, or its turn on the connection has not come, `res.write` is used.
 */
export class ChunkedWriter {
  readonly #res: ServerResponse;
  readonly #wrapped: boolean;
  #headSent = false;

  constructor(res: ServerResponse) {
    this.#res = res;
    this.#wrapped = Reflect.get(res, 'write') !== Reflect.get(OutgoingMessage.prototype, 'write');
  }

  /**
   * @param text latin1
   * @returns false when the client cannot keep up; see {@link onDrain}
   */
  write(text: string): boolean {
    const res = this.#res;
    const { socket } = res;
    if (this.#headSent && !this.#wrapped && socket !== null && res.chunkedEncoding) {
      return socket.write(`${text.length.toString(16)}\r\n${text}\r\n`, 'latin1');
    }
    // The first piece takes the head along.
    this.#headSent = socket !== null;
    return res.write(text, 'latin1');
  }

  /** Calls back when what was written is on its way. @returns how to take the listener off */
  onDrain(listener: () => void): () => void {
    const { socket } = this.#res;
    this.#res.on('drain', listener);
    socket?.on('drain', listener);
    return () => {
      this.#res.off('drain', listener);
      socket?.off('drain', listener);
    };
  }
}
