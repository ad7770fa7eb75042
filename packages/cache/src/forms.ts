import { ChunkStream, type OwnedFields, type RequestFacts } from '@onerouter/core';
import type { StoredAnswer } from './cache-store.ts';
import { eventsFromWhole } from './events-from-whole.ts';
import { wholeFromEvents } from './whole-from-events.ts';

/**
 * The answer with the form that a client wants, made from the other one where it is missing.
 *
 * @returns the same object when it has that form, `undefined` when it cannot be made because the answer is damaged
 */
export function formedFor(request: RequestFacts, answer: StoredAnswer): StoredAnswer | undefined {
  const { surface, stream } = request;
  const { events, whole } = answer;
  try {
    if (stream && !events) return whole && { ...answer, events: eventsFromWhole(surface, whole) };
    if (!stream && !whole)
      return events && { ...answer, whole: wholeFromEvents(surface, events, answer.facts.rawUsage) };
    return answer;
  } catch (err) {
    if (err instanceof SyntaxError || err instanceof TypeError) return undefined;
    throw err;
  }
}

/** Stored events as those of another exchange, or `undefined` when they are damaged. */
export function replay(events: Buffer, owned: OwnedFields): string | undefined {
  const chunks = new ChunkStream(owned);
  const text = chunks.push(events) + chunks.end();
  return chunks.facts.error ? undefined : text;
}
