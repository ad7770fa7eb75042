import {
  stateOf,
  type Claim,
  type EarlierClaim,
  type IdempotencyStore,
  type KeptAnswer,
} from '@onerouter/idempotency';
import { DURABLE, isDuplicate, LATEST } from './concerns.ts';
import { raw, type Models } from './models.ts';
import type { IdempotencyDoc } from './schemas/idempotency.ts';
import type { StoreClock } from './server-clock.ts';
import { joinKey } from './values.ts';

/** Sealed answers above this are not kept: a document holds 16 MiB. */
export const MAX_ANSWER_BYTES: number = 15 * 1024 * 1024;

/** Claims on Idempotency-Keys, and the sealed answers. Nothing in the database can open them. */
export function mongooseIdempotency(models: Models, clock: StoreClock): IdempotencyStore {
  const claims = raw(models.idempotency);

  const claim = async (claimed: Claim, ttlMs: number): Promise<EarlierClaim | undefined> => {
    const now = clock.now();
    const key = keyOf(claimed);
    try {
      // Matches none, or one beyond its time; a claim that holds is a duplicate.
      await claims.updateOne(
        { _id: key, account: claimed.account, expiresAt: { $lte: new Date(now) } },
        freshClaim(claimed, now, ttlMs),
        { upsert: true, ...DURABLE },
      );
      return undefined;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const found = await claims.findOne({ _id: key }, { ...LATEST, promoteBuffers: true });
    // Freed by another process between the two requests.
    return found ? readClaim(found, now) : claim(claimed, ttlMs);
  };

  return {
    claim,
    async takeOver(claimed, from, ttlMs) {
      const { matchedCount } = await claims.updateOne(
        { _id: keyOf(claimed), generation: from.generationId, state: stateOf(from.answer) },
        freshClaim(claimed, clock.now(), ttlMs),
        DURABLE,
      );
      return matchedCount === 1;
    },
    async finish(claimed, sealed, ttlMs) {
      const answer = sealed && sealed.length <= MAX_ANSWER_BYTES ? sealed : undefined;
      const set = { state: stateOf(answer ?? 'not_kept'), expiresAt: new Date(clock.now() + ttlMs) };
      const { matchedCount } = await claims.updateOne(
        { _id: keyOf(claimed), generation: claimed.generationId },
        { $set: answer ? { ...set, answer } : set },
        DURABLE,
      );
      return matchedCount === 1;
    },
    async drop(claimed) {
      await claims.deleteOne({ _id: keyOf(claimed), generation: claimed.generationId }, DURABLE);
    },
  };
}

function keyOf({ account, name }: Claim): string {
  return joinKey([account, name]);
}

interface FreshClaim {
  readonly $set: Omit<IdempotencyDoc, '_id' | 'account' | 'answer'>;
  readonly $unset: { readonly answer: '' };
}

function freshClaim({ tag, generationId: generation }: Claim, now: number, ttlMs: number): FreshClaim {
  const [claimedAt, expiresAt] = [new Date(now), new Date(now + ttlMs)];
  return { $set: { tag, generation, claimedAt, expiresAt, state: 'none' }, $unset: { answer: '' } };
}

function readClaim(doc: IdempotencyDoc, now: number): EarlierClaim {
  const { tag, generation: generationId, claimedAt } = doc;
  return { tag, generationId, ageMs: now - claimedAt.getTime(), answer: readAnswer(doc) };
}

function readAnswer({ answer, state }: IdempotencyDoc): KeptAnswer {
  if (answer) return answer;
  return state === 'none' ? 'none' : 'not_kept';
}
