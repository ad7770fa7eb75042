import { describe, it } from 'vitest';
import { killRounds } from '../crash/kill-rounds.ts';
import { STORES } from '../crash/stores.ts';

const ROUNDS = Number(process.env['SOAK_KILLS'] ?? 50);
const seed = Number(process.env['SOAK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe.each(STORES)('a process on $name', ({ kind, there }) => {
  it.runIf(there)(
    `killed ${ROUNDS} times under load (SOAK_SEED=${seed}) accounts for every dollar`,
    async () => {
      process.stdout.write(`${kind}: ${ROUNDS} rounds, SOAK_SEED=${seed}\n`);
      const seen = await killRounds(kind, { rounds: ROUNDS, seed });
      process.stdout.write(`${kind}: ${JSON.stringify(seen)}\n`);
    },
  );
});
