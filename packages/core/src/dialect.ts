import type { Candidate } from './catalogue.ts';
import type { AnswerFacts } from './answer/facts.ts';
import type { RequestBody } from './request/body.ts';
import type { Surface } from './request/surface.ts';

/** One upstream call, as a dialect is asked to phrase it. */
export interface UpstreamCall {
  readonly surface: Surface;
  readonly body: RequestBody;
  readonly candidate: Candidate;
  readonly apiKey: string | undefined;
  /** Output tokens that were reserved where the client named no limit; goes upstream as the limit. */
  readonly outputLimit: number | undefined;
}

export interface UpstreamRequest {
  /** Below the provider's base URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What the gateway puts in place of the provider's own values. */
export interface OwnedFields {
  readonly id: string;
  readonly model: string;
  readonly provider: string;
}

/**
 * Reads a provider's stream, and turns it into the events of the client's surface. Text is latin1: one character a
 * byte, so that bytes pass unharmed however they are cut.
 */
export interface AnswerStream {
  readonly facts: AnswerFacts;
  /** Takes bytes as they arrive; returns what may go to the client, possibly `''`. */
  push(chunk: Buffer): string;
  /** The provider closed the stream. Returns what was still held. */
  end(): string;
}

/** A whole answer in the format of the client's surface. */
export interface WholeAnswer {
  readonly body: Buffer;
  readonly facts: AnswerFacts;
}

/** What a dialect can tell of a provider's refusal. Never the provider's text: it can echo keys and prompts. */
export interface UpstreamRefusal {
  readonly kind: 'context_length' | 'content_policy' | 'other';
  /** The request field that the provider blames, if it is a plain name. */
  readonly param: string | null;
}

/** A provider's wire format. One folder in `@onerouter/providers`. */
export interface Dialect {
  readonly name: string;
  readonly surfaces: ReadonlySet<Surface>;
  request(call: UpstreamCall): UpstreamRequest;
  stream(surface: Surface, owned: OwnedFields | undefined): AnswerStream;
  /** @throws {SyntaxError} when the body is no answer of this dialect */
  answer(surface: Surface, body: Buffer): WholeAnswer;
  refusal(status: number, body: Buffer): UpstreamRefusal;
}
