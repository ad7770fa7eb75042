import { verifyLedger } from '@onerouter/billing';
import {
  scriptedProvider,
  usageChunk,
  streams,
  roleChunk,
  textChunk,
  finishChunk,
  DONE,
  whole,
} from '@onerouter/core/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { startApp, type AppOptions } from './app-process.ts';
import { Clients } from './clients.ts';
import { chargesOf, everythingEnds } from './ledger-reader.ts';
import { newStore, readLedger, removeStore, type StoreKind } from './stores.ts';

const CLIENTS = 16;

export interface KillRounds {
  readonly rounds: number;
  /** Two runs with one seed kill at the same moments, as far as the machine plays along. */
  readonly seed: number;
}

/** How much a run has tried. */
export interface Seen {
  /** Answers that clients saw whole. */
  readonly whole: number;
  /** Calls that a kill broke off. */
  readonly broken: number;
  /** Of these, the ones that are charged. */
  readonly unseen: number;
}

/**
 * Kills an app under load, at any moment, again and again. After each restart everything that was open ends, and the
 * ledger adds up; in the end every answer that a client saw whole is charged exactly once, at the price it was told, and
 * beyond these at most calls whose answer was on its way.
 */
export async function killRounds(kind: StoreKind, { rounds, seed }: KillRounds): Promise<Seen> {
  const random = randomNumbers(seed);
  const folder = mkdtempSync(join(tmpdir(), 'onerouter-crash-'));
  const store = newStore(kind, folder);
  const provider = await scriptedProvider(async (res, call) => {
    await pause(random() * 20);
    const usage = { prompt_tokens: 3, completion_tokens: 1 + Math.floor(random() * 90) };
    const script =
      call.json?.['stream'] === true
        ? streams(roleChunk(), textChunk('Hel'), textChunk('lo'), finishChunk(), usageChunk(usage), DONE)
        : whole('Hello', usage);
    await script(res, call);
  });
  const options: AppOptions = {
    store,
    journalPath: join(folder, 'journal'),
    providerUrl: provider.url,
    creditsUsd: '1000',
  };
  const clients = new Clients();
  try {
    for (let round = 0; round < rounds; round += 1) {
      const app = await startApp(options);
      await everythingEnds(store);
      const calling = Array.from({ length: CLIENTS }, () => clients.callUntilBroken(app.url, random));
      await pause(50 + random() * 1_200);
      await app.kill();
      await Promise.all(calling);
      provider.forget();
    }
    const last = await startApp(options);
    await everythingEnds(store);
    await last.stop();
    return await readLedger(store, async (source) => {
      expect((await verifyLedger(source)).differences).toEqual([]);
      return compare(await chargesOf(source), clients);
    });
  } finally {
    await provider.close();
    await removeStore(store);
    rmSync(folder, { recursive: true, force: true });
  }
}

function compare(charges: ReadonlyMap<string, bigint>, { whole, broken, refused }: Clients): Seen {
  expect(refused).toEqual([]);
  expect(whole.size).toBeGreaterThan(0);
  const wrong = [...whole].filter(([id, cost]) => charges.get(id) !== cost);
  expect(wrong).toEqual([]);
  const unseen = [...charges.keys()].filter((id) => !whole.has(id));
  expect(unseen.length).toBeLessThanOrEqual(broken);
  return { whole: whole.size, broken, unseen: unseen.length };
}

/** Random numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
