import { describe, it } from 'vitest';
import { killRounds } from './kill-rounds.ts';
import { STORES } from './stores.ts';

// More rounds, and other moments: `pnpm soak`.
describe.each(STORES)('a process on $name that is killed under load', ({ kind, there }) => {
  it.runIf(there)(
    'loses no charge, charges nothing twice and holds no credit for ever',
    async () => {
      await killRounds(kind, { rounds: 2, seed: 1 });
    },
    90_000,
  );
});
