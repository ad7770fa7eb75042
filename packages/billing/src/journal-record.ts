import type { Generation } from '@onerouter/core';
import type { ReleaseAct, SettleAct } from './act.ts';

/** An act that must happen, with its account: what a journal keeps. It holds no prompt, since a generation holds none. */
export interface JournalRecord {
  readonly account: string;
  readonly act: SettleAct | ReleaseAct;
}

/** A record as its line in the file, line break included. */
export function writeRecord({ account, act }: JournalRecord): string {
  if (act.kind === 'release') return line({ account, release: act.id });
  return line({ account, settle: act.id, generation: { ...act.generation, cost: `${act.generation.cost}` } });
}

/** What stands in a journal. */
export interface JournalText {
  readonly records: readonly JournalRecord[];
  /** Lines that cannot be read, but for a last one that was cut off. */
  readonly damaged: number;
}

/**
 * Reads a journal. A last line without its line break was cut off while it was written: nobody was told that it is kept,
 * so it counts for nothing.
 */
export function readJournal(text: string): JournalText {
  const lines = text.split('\n');
  lines.pop();
  const records: JournalRecord[] = [];
  let damaged = 0;
  for (const one of lines) {
    const record = readRecord(one);
    if (record) records.push(record);
    else damaged += 1;
  }
  return { records, damaged };
}

/** Names what a record is about: the same act twice is one. */
export function recordName({ act }: JournalRecord): string {
  return `${act.kind} ${act.id}`;
}

interface StoredRecord {
  readonly account?: unknown;
  readonly release?: unknown;
  readonly settle?: unknown;
  readonly generation?: Omit<Generation, 'cost'> & { readonly cost: string };
}

function line(record: StoredRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function readRecord(one: string): JournalRecord | undefined {
  try {
    const { account, release, settle, generation } = JSON.parse(one) as StoredRecord;
    if (typeof account !== 'string') return undefined;
    if (typeof release === 'string') return { account, act: { kind: 'release', id: release } };
    if (typeof settle !== 'string' || !generation) return undefined;
    const whole: Generation = { ...generation, cost: BigInt(generation.cost) };
    return { account, act: { kind: 'settle', id: settle, generation: whole } };
  } catch {
    return undefined;
  }
}
