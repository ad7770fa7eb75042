import type { AnswerFacts } from './answer/facts.ts';
import type { Candidate } from './catalogue.ts';
import type { GatewayError } from './errors.ts';
import type { GenerationStatus } from './record.ts';

/** How an exchange ended; what observers compute the bill from. */
export interface Outcome {
  readonly status: Exclude<GenerationStatus, 'pending'>;
  readonly facts: AnswerFacts;
  /** Who answered; `undefined` when nobody did. */
  readonly candidate: Candidate | undefined;
  readonly error?: GatewayError | undefined;
}

/** Watches an exchange from a middleware. Every part is optional. */
export interface ExchangeObserver {
  /** The middleware, for the log when the observer throws. */
  readonly name: string;
  /** The first real output is about to go to the client. */
  onFirstOutput?(): void;
  /** Bytes for the client: latin1 text of a stream, or the bytes of a whole answer. Called before they are written. */
  onChunk?(chunk: string | Buffer, facts: AnswerFacts): void;
  /**
   * The exchange has ended, and nothing of it is booked yet: to keep what must be there when it is. A rejection is logged
   * and stops nothing.
   */
  beforeSettle?(outcome: Outcome): void | Promise<void>;
  /**
   * The exchange has ended. Runs once, in reverse order of mounting, before the last bytes leave; a rejection is logged
   * and does not stop the others.
   */
  onSettle?(outcome: Outcome): void | Promise<void>;
}
