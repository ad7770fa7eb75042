import type { OwnedFields } from '../dialect.ts';
import type { ErrorBody } from '../errors.ts';
import { usdNumber } from '../money.ts';
import type { Generation } from '../record.ts';
import { utf8ToLatin1 } from './bytes-as-text.ts';
import type { AnswerFacts } from './facts.ts';
import { ownAnswer } from './owned.ts';
import { writeCostDetails, writeUsage, type ChargedCost } from './usage-wire.ts';

/** Heads a stream, and keeps it from being held back on its way. */
export const STREAM_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/event-stream; charset=utf-8',
  // `no-transform` also keeps compression middlewares from holding events back.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

export const DONE = 'data: [DONE]\n\n';

/** An answer whose exchange is settled, to be given its last bytes. */
export interface EndedAnswer {
  readonly record: Readonly<Generation>;
  /** What was charged; `undefined` in chains without billing. */
  readonly charged: ChargedCost | undefined;
  readonly facts: Readonly<Pick<AnswerFacts, 'created' | 'rawUsage'>>;
  /** `undefined` when nobody has answered. */
  readonly owned: OwnedFields | undefined;
}

/** Latin1 text that ends a stream which is whole: usage, where the client asked for it, and the end mark. */
export function endOfStream(answer: EndedAnswer, includeUsage: boolean): string {
  const { record, charged, facts } = answer;
  const usage = record.usage ? writeUsage(record.usage, charged) : facts.rawUsage;
  if (!includeUsage || usage === undefined) return DONE;
  const cost = charged ? { cost: usdNumber(charged.cost), cost_details: writeCostDetails(charged) } : {};
  return event({ ...envelope(answer), choices: [], usage, ...cost }) + DONE;
}

/** Latin1 text that ends a stream which cannot be completed. Nothing in it looks like a clean finish. */
export function endWithError(answer: EndedAnswer, { error }: ErrorBody): string {
  const nothing = answer.record.surface === 'completions' ? { text: '' } : { delta: { content: '' } };
  const choice = { index: 0, ...nothing, finish_reason: 'error', native_finish_reason: 'error' };
  return event({ ...envelope(answer), error, choices: [choice] }) + DONE;
}

/** A provider's whole answer as the client gets it, as latin1 text. */
export function wholeBody(body: Buffer, answer: EndedAnswer & { readonly owned: OwnedFields }): string {
  const { record, charged, owned } = answer;
  const defaults = record.surface === 'chat' ? CHAT_DEFAULTS : undefined;
  return ownAnswer(body.toString('latin1'), owned, record.usage ?? undefined, charged, defaults);
}

/** `@openrouter/sdk` refuses a chat completion without these. */
const CHAT_DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['object', '"chat.completion"'],
  ['system_fingerprint', 'null'],
]);

function envelope({ record, facts, owned }: EndedAnswer): Record<string, unknown> {
  return {
    id: record.id,
    object: record.surface === 'completions' ? 'text_completion' : 'chat.completion.chunk',
    created: facts.created ?? Math.floor(record.createdAt / 1000),
    model: owned?.model ?? record.requestedModel,
    ...(owned ? { provider: owned.provider } : {}),
  };
}

function event(data: Record<string, unknown>): string {
  return `data: ${utf8ToLatin1(JSON.stringify(data))}\n\n`;
}
