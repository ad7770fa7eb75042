/** A part of a list that can grow. */
export interface ListPage<Item> {
  readonly data: readonly Item[];
  /** Asks for what comes after; `null` where this is the end. */
  readonly next_cursor: string | null;
}
