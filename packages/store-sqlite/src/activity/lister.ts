import { number } from '../book-rows.ts';
import type { FoldStatements } from './fold-statements.ts';

/** What a generation is listed by. */
export interface Listed {
  readonly account: string;
  readonly id: string;
  readonly key: string;
  readonly model: string;
  readonly provider: string;
  readonly status: string;
  /** False while a settlement may still change any of it. */
  readonly final: boolean;
}

/** Puts generations into the lists of their series. To be used within one transaction, and then no more. */
export class Lister {
  readonly #sql: FoldStatements;
  readonly #series = new Map<string, number>();

  constructor(sql: FoldStatements) {
    this.#sql = sql;
  }

  add(listed: Listed): void {
    const { account, id, final } = listed;
    const before = this.#sql.provisional.get(account, id);
    if (before) {
      this.#sql.unlist.run(number(before, 'series'), id);
      if (final) this.#sql.settle.run(account, id);
    }
    const series = this.#seriesOf(listed);
    this.#sql.list.run(series, id);
    if (!final) this.#sql.provide.run(account, id, series);
  }

  #seriesOf({ account, key, model, provider, status }: Listed): number {
    const name = JSON.stringify([account, key, model, provider, status]);
    let series = this.#series.get(name);
    if (series === undefined) {
      const values = [account, key, model, provider, status];
      this.#sql.newSeries.run(...values);
      series = number(this.#sql.series.get(...values) ?? {}, 'series');
      this.#series.set(name, series);
    }
    return series;
  }
}
