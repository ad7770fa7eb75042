import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.ts';
import type { RequestBytes } from './request-bytes.ts';

/** How long to wait before a broken connection is tried again. */
const RECONNECT_MS = 20;

/** What a connection asks of the run it belongs to. */
export interface Run {
  readonly host: string;
  readonly port: number;
  /** The next serial number; undefined when no more requests are wanted. */
  begin(): number | undefined;
  /** @param answer undefined when the connection broke before the answer was whole */
  end(elapsedMs: number, answer: AnswerReader | undefined): void;
  /** Counts bytes of an answer that is under way. */
  progress(events: number): void;
  /** How long to wait before the next request. */
  gapMs(connection: Connection): number;
}

/** One keep-alive socket with one request at a time. */
export class Connection {
  /** When the next request is due, for a fixed rate. */
  dueAt = 0;
  #answer: AnswerReader | undefined;
  #startedAt = 0;
  #socket: Socket;
  #stopped = false;
  readonly #run: Run;
  readonly #request: RequestBytes;

  constructor(run: Run, request: RequestBytes) {
    this.#run = run;
    this.#request = request;
    this.#socket = this.#connect();
  }

  /** Whether an answer has begun and not ended. */
  get answering(): boolean {
    return this.#answer !== undefined && this.#answer.status !== 0;
  }

  /** Sends the next request, if one is wanted. */
  readonly next = (): void => {
    if (this.#answer) return;
    const serial = this.#run.begin();
    if (serial === undefined) return;
    this.#answer = new AnswerReader();
    this.#startedAt = performance.now();
    this.#socket.write(this.#request.stamp(serial));
  };

  stop(): void {
    this.#stopped = true;
    this.#socket.destroy();
  }

  #connect(): Socket {
    const { host, port } = this.#run;
    const socket = connect({ host, port, noDelay: true });
    socket.on('data', (data: Buffer) => this.#take(data));
    socket.on('error', ignore);
    socket.on('close', () => this.#closed());
    return socket;
  }

  #take(data: Buffer): void {
    const answer = this.#answer;
    if (!answer) return;
    const before = answer.events;
    answer.take(data);
    this.#run.progress(answer.events - before);
    if (!answer.done) return;
    this.#end(answer);
    const gapMs = this.#run.gapMs(this);
    if (gapMs > 0.5) setTimeout(this.next, gapMs);
    else this.next();
  }

  #closed(): void {
    if (this.#stopped) return;
    const answer = this.#answer;
    if (answer) this.#end(answer.endsWithConnection ? answer : undefined);
    setTimeout(() => {
      if (this.#stopped) return;
      this.#socket = this.#connect();
      this.next();
    }, RECONNECT_MS);
  }

  #end(answer: AnswerReader | undefined): void {
    this.#answer = undefined;
    this.#run.end(performance.now() - this.#startedAt, answer);
  }
}

/** `close` follows, and says all there is to say. */
function ignore(): void {}
