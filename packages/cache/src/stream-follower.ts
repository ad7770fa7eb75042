import {
  ChunkStream,
  emptyFacts,
  EventSplitter,
  eventData,
  GatewayError,
  latin1ToUtf8,
  type AnswerFacts,
  type Candidate,
  type Route,
} from '@onerouter/core';
import { FollowerEnd, type Ending } from './ending.ts';
import type { Flight, Follower, Landing } from './flight.ts';
import type { Reply } from './reply.ts';
import { whoAnswered } from './who-answered.ts';

/** Sends a leader's events on as they come, at the pace of its own client. */
export class StreamFollower implements Follower {
  taken = 0;
  readonly #reply: Reply;
  readonly #flight: Flight;
  readonly #route: Route | undefined;
  readonly #end = new FollowerEnd();
  readonly #leave: () => void;
  readonly #comments: NodeJS.Timeout;
  /** Puts this exchange's id in place of the leader's; there once an event has come. */
  #chunks: ChunkStream | undefined;
  #candidate: Candidate | undefined;
  #draining = false;
  #landing: Landing | undefined;

  /**
   * @param route who may answer this exchange, to find the one that does before the leader has ended
   * @param commentAfterMs between comments while nothing has come
   */
  constructor(reply: Reply, flight: Flight, route: Route | undefined, commentAfterMs: number) {
    this.#reply = reply;
    this.#flight = flight;
    this.#route = route;
    this.#comments = setInterval(() => reply.answer.comment('waiting'), commentAfterMs);
    this.#leave = flight.join(this);
    reply.exchange.onAbandoned(() => {
      this.#finish(() => reply.answer.cancel(this.#facts(), this.#candidate));
    });
    this.#pump();
  }

  get ending(): Promise<Ending> {
    return this.#end.reached;
  }

  wake(): void {
    this.#pump();
  }

  cut(): void {
    this.#breakOff(
      new GatewayError('unavailable', 'This answer was read too slowly to be kept for you. Ask again.', {
        errorType: 'client_too_slow',
      }),
    );
  }

  land(landing: Landing): void {
    this.#landing = landing;
    this.#pump();
  }

  #pump(): void {
    const { capture } = this.#flight;
    while (!this.#draining && !this.#end.over && this.taken < capture.length) {
      const events = this.#own(capture.from(this.taken));
      this.taken = capture.length;
      if (!this.#reply.answer.write(events, this.#facts())) this.#waitForDrain();
    }
    if (this.#landing && !this.#draining && !this.#end.over) this.#complete(this.#landing);
  }

  #waitForDrain(): void {
    this.#draining = true;
    this.#reply.answer.drained(() => {
      this.#draining = false;
      this.#pump();
    });
  }

  #complete(landing: Landing): void {
    if (!landing.whole) return this.#breakOff(landing.error);
    const { answer, candidate } = landing;
    const chunks = this.#chunks;
    if (!chunks) {
      // The leader's client did not stream, so nothing came before the end.
      return this.#finish(this.#reply.prepare(answer, candidate));
    }
    this.#finish(() => this.#reply.answer.finish({ ...answer.facts }, candidate));
  }

  /** The answer will not be completed: an error event when some of it was sent, an own call else. */
  #breakOff(error: GatewayError | undefined): void {
    if (!this.#chunks) return this.#finish();
    const shown =
      error ??
      new GatewayError('provider_unavailable', 'The provider broke the answer off. Retry the request.');
    this.#finish(() => this.#reply.answer.fail(shown, this.#facts(), this.#candidate));
  }

  #own(events: Buffer): string {
    this.#chunks ??= this.#open(events);
    return this.#chunks ? this.#chunks.push(events) : events.toString('latin1');
  }

  /** The leader's events name who answers; `undefined` while there are only comments. */
  #open(events: Buffer): ChunkStream | undefined {
    const first = firstChunk(events);
    if (!first) return undefined;
    clearInterval(this.#comments);
    const { id } = this.#reply.exchange;
    const model = text(first['model']);
    const provider = text(first['provider']);
    this.#candidate = whoAnswered(
      this.#route,
      (candidate) => candidate.model.id === model && candidate.endpoint.provider.name === provider,
    );
    return new ChunkStream({ id, model, provider });
  }

  #facts(): AnswerFacts {
    return this.#chunks ? { ...this.#chunks.facts, upstreamId: null } : emptyFacts();
  }

  #finish(act?: () => Promise<void>): void {
    clearInterval(this.#comments);
    this.#end.reach(this.#leave, act);
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function firstChunk(events: Buffer): Record<string, unknown> | undefined {
  for (const event of new EventSplitter().push(events.toString('latin1'))) {
    const data = eventData(event);
    if (data) return JSON.parse(latin1ToUtf8(data)) as Record<string, unknown>;
  }
  return undefined;
}
