import type { Figures, Load } from './measure.ts';

export interface Measured {
  readonly store: string;
  readonly load: Load;
  readonly figures: Figures;
}

/** The figures as a Markdown table. */
export function table(measured: readonly Measured[]): string {
  const rows = measured.map(({ store, load, figures }) => [
    store,
    load.accounts === 1 ? 'one hot account' : `${load.accounts.toLocaleString('en')} accounts`,
    `${load.waiting}${load.coalesced ? '' : ', one by one'}`,
    Math.round(figures.pairsPerSecond).toLocaleString('en'),
    figures.cpuMicrosPerPair.toFixed(0),
    figures.p50Ms.toFixed(2),
    figures.p99Ms.toFixed(2),
  ]);
  const head = ['store', 'accounts', 'waiting', 'pairs/s', 'CPU µs/pair', 'p50 ms', 'p99 ms'];
  const ruler = ['---', '---', '---', '---:', '---:', '---:', '---:'];
  return [head, ruler, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
