import type { Rollup, SettledGeneration } from './verify-source.ts';

/** Sums that are compared, and how a generation adds to them. */
const SUMS: Readonly<Record<keyof Sums, (generation: SettledGeneration) => bigint>> = {
  requests: () => 1n,
  promptTokens: ({ usage }) => BigInt(usage?.promptTokens ?? 0),
  completionTokens: ({ usage }) => BigInt(usage?.completionTokens ?? 0),
  reasoningTokens: ({ usage }) => BigInt(usage?.reasoningTokens ?? 0),
  cost: ({ cost }) => cost,
};
const NAMES = Object.keys(SUMS) as readonly (keyof Sums)[];

type Sums = Pick<Rollup, 'requests' | 'promptTokens' | 'completionTokens' | 'reasoningTokens' | 'cost'>;

export interface RollupDifference {
  /** Day, key, model and provider. */
  readonly rollup: string;
  readonly of: keyof Sums;
  readonly expected: bigint;
  readonly found: bigint;
}

/** Adds up an account's days from its generations, each as far as the rollup says that it goes. */
export class RollupCheck {
  readonly #rollups: ReadonlyMap<string, Rollup>;
  readonly #pendingFrom: number;
  readonly #sums = new Map<string, Record<keyof Sums, bigint>>();

  constructor(rollups: readonly Rollup[], pendingFrom: number) {
    this.#rollups = new Map(
      rollups.map((rollup) => [name(rollup.day, rollup.key, rollup.model, rollup.provider), rollup]),
    );
    this.#pendingFrom = pendingFrom;
  }

  add(generation: SettledGeneration): void {
    const { createdAt, keyId, model, provider, seq } = generation;
    const id = name(new Date(createdAt).toISOString().slice(0, 10), keyId, model, provider);
    const counted = seq <= (this.#rollups.get(id)?.lastSeq ?? 0);
    if (!counted && seq >= this.#pendingFrom) return;
    const sums = this.#sums.get(id) ?? nothing();
    for (const field of NAMES) sums[field] += SUMS[field](generation);
    this.#sums.set(id, sums);
  }

  differences(): readonly RollupDifference[] {
    const ids = new Set([...this.#rollups.keys(), ...this.#sums.keys()]);
    return [...ids].flatMap((rollup) => {
      const expected = this.#sums.get(rollup) ?? nothing();
      const found: Sums = this.#rollups.get(rollup) ?? nothing();
      return NAMES.filter((of) => expected[of] !== found[of]).map((of) => ({
        rollup,
        of,
        expected: expected[of],
        found: found[of],
      }));
    });
  }
}

function name(day: string, key: string, model: string, provider: string): string {
  return `${day}/${key}/${model}/${provider}`;
}

function nothing(): Record<keyof Sums, bigint> {
  return { requests: 0n, promptTokens: 0n, completionTokens: 0n, reasoningTokens: 0n, cost: 0n };
}
