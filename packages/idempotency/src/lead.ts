import { loggableError, type Exchange, type Log, type Outcome } from '@onerouter/core';
import type { Claim, IdempotencyStore } from './idempotency-store.ts';
import { pack, type Recorded } from './recorded.ts';
import type { Landing, Run } from './run.ts';
import { seal } from './seal.ts';
import type { Ticket } from './ticket.ts';

export interface Leading {
  readonly run: Run;
  readonly ticket: Ticket;
  readonly claim: Claim;
  readonly exchange: Exchange;
  readonly store: IdempotencyStore;
  readonly ttlMs: number;
  readonly log: Log;
  /** Nobody can join any more. */
  readonly end: () => void;
}

/** Records the answer of an exchange that has claimed its key, keeps it, and tells those who wait. */
export function lead({ run, ticket, claim, exchange, store, ttlMs, log, end }: Leading): void {
  // The client may come back for the answer.
  const letGo = exchange.hold();
  let recorded: Recorded | undefined;
  exchange.observe({
    name: 'idempotency()',
    onChunk(chunk) {
      if (!run.take(chunk)) letGo();
    },
    // The answer is kept before it is charged: were it the other way round, a crash between would charge a retry again.
    // One that is kept and not charged does not count.
    async beforeSettle(outcome) {
      if (!isWhole(outcome, exchange)) return;
      const all = run.capture.all();
      recorded = all && { ...all, facts: outcome.facts };
      const context = contextOf(claim.account, exchange.id);
      const sealed = recorded && seal(pack(recorded), ticket.sealingKey, context);
      if (await store.finish(claim, sealed, ttlMs)) return;
      log.warn(
        { generation: exchange.id },
        'An Idempotency-Key was taken over from an exchange that still ran.',
      );
    },
    async onSettle(outcome) {
      const landing = landingOf(outcome, exchange, recorded);
      if (landing.end === 'failed') {
        await store.drop(claim).catch((err: unknown) => reportDrop(log, err, exchange.id));
      }
      end();
      run.land(landing);
    },
  });
}

/** A key that could not be freed: its next use finds out, by the generation, that it is free. */
export function reportDrop(log: Log, err: unknown, generation: string): void {
  log.warn({ err: loggableError(err), generation }, 'An Idempotency-Key could not be freed.');
}

/** What a sealed answer belongs to. */
export function contextOf(account: string, generationId: string): string {
  return `${account} ${generationId}`;
}

/** Whether the client has, or could have, seen all of the answer. */
function isWhole({ status, facts, candidate }: Outcome, exchange: Exchange): boolean {
  const ended = status === 'complete' || (status === 'cancelled' && !exchange.abandoned);
  const said = (facts.output || facts.finishReason !== null) && facts.error === undefined;
  return ended && said && candidate !== undefined;
}

function landingOf(outcome: Outcome, exchange: Exchange, recorded: Recorded | undefined): Landing {
  const { candidate, facts, error } = outcome;
  if (!candidate || !isWhole(outcome, exchange)) return { end: 'failed', error };
  if (!recorded) return { end: 'not_kept' };
  const { record, charged, id } = exchange;
  const owned = { id, model: candidate.model.id, provider: candidate.endpoint.provider.name };
  return { end: 'answered', recorded, answer: { record, charged, facts, owned } };
}
