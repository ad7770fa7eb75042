import type { Asked } from './ask.ts';

/** Times as Markdown: of a full store, of an empty one, and what the one is of the other. */
export function table(full: readonly Asked[], empty: readonly Asked[]): string {
  const lines = full.map(({ name, medianMs, worstMs, rows }, at) => {
    const none = empty[at]?.medianMs ?? 0;
    const cells = [name, `${rows}`, ms(medianMs), ms(worstMs), ms(none), `${(medianMs / none).toFixed(1)} ×`];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| question | rows | median ms | worst ms | empty store, ms | ratio |',
    '| --- | --: | --: | --: | --: | --: |',
    ...lines,
  ].join('\n');
}

function ms(value: number): string {
  return value.toFixed(2);
}
