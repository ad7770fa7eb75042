import type { DatabaseSync } from 'node:sqlite';
import {
  stateOf,
  type Claim,
  type EarlierClaim,
  type IdempotencyStore,
  type KeptAnswer,
} from '@onerouter/idempotency';
import { number, text, type Row } from './book-rows.ts';

/** Rows beyond their time that each claim takes away. */
const PURGED_AT_ONCE = 20;

const CLAIM = `
  INSERT INTO idempotency (account, name, tag, generation, claimed_at, expires_at, state, answer)
    VALUES (?, ?, ?, ?, ?, ?, 'none', NULL)
  ON CONFLICT (account, name) DO UPDATE SET
    tag = excluded.tag, generation = excluded.generation, claimed_at = excluded.claimed_at,
    expires_at = excluded.expires_at, state = 'none', answer = NULL
  WHERE idempotency.expires_at <= excluded.claimed_at`;
const FIND =
  'SELECT tag, generation, claimed_at, state, answer FROM idempotency WHERE account = ? AND name = ?';
const TAKE_OVER = `
  UPDATE idempotency SET tag = ?, generation = ?, claimed_at = ?, expires_at = ?, state = 'none', answer = NULL
    WHERE account = ? AND name = ? AND generation = ? AND state = ?`;
const FINISH = `
  UPDATE idempotency SET state = ?, answer = ?, expires_at = ? WHERE account = ? AND name = ? AND generation = ?`;
const DROP = 'DELETE FROM idempotency WHERE account = ? AND name = ? AND generation = ?';
const PURGE = `
  DELETE FROM idempotency WHERE rowid IN (SELECT rowid FROM idempotency WHERE expires_at <= ? LIMIT ${PURGED_AT_ONCE})`;

/** Claims on Idempotency-Keys, and the sealed answers. Nothing in the database can open them. */
export function sqliteIdempotency(db: DatabaseSync, now: () => number): IdempotencyStore {
  const find = db.prepare(FIND);
  find.setReadBigInts(true);
  const [insert, takeOver, finish, drop, purge] = [CLAIM, TAKE_OVER, FINISH, DROP, PURGE].map((sql) =>
    db.prepare(sql),
  ) as [Statement, Statement, Statement, Statement, Statement];

  const claim = async (claimed: Claim, ttlMs: number): Promise<EarlierClaim | undefined> => {
    const { account, name, tag, generationId } = claimed;
    const at = now();
    purge.run(at);
    if (insert.run(account, name, tag, generationId, at, at + ttlMs).changes === 1) return undefined;
    const row = find.get(account, name);
    // Freed by another process between the two statements.
    return row ? readClaim(row, at) : claim(claimed, ttlMs);
  };

  return {
    claim,
    async takeOver({ account, name, tag, generationId }, from, ttlMs) {
      const at = now();
      const state = stateOf(from.answer);
      const { changes } = takeOver.run(
        tag,
        generationId,
        at,
        at + ttlMs,
        account,
        name,
        from.generationId,
        state,
      );
      return changes === 1;
    },
    async finish({ account, name, generationId }, sealed, ttlMs) {
      const state = stateOf(sealed ?? 'not_kept');
      return finish.run(state, sealed ?? null, now() + ttlMs, account, name, generationId).changes === 1;
    },
    async drop({ account, name, generationId }) {
      drop.run(account, name, generationId);
    },
  };
}

type Statement = ReturnType<DatabaseSync['prepare']>;

function readClaim(row: Row, at: number): EarlierClaim {
  return {
    tag: text(row, 'tag'),
    generationId: text(row, 'generation'),
    ageMs: at - number(row, 'claimed_at'),
    answer: readAnswer(row),
  };
}

function readAnswer(row: Row): KeptAnswer {
  const { answer } = row;
  if (answer instanceof Uint8Array) return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength);
  return text(row, 'state') === 'none' ? 'none' : 'not_kept';
}
