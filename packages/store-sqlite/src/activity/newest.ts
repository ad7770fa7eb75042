/** Reads up to `limit` ids of one list, newest first, that stand before an id. */
export type ReadList = (list: number, before: string, limit: number) => readonly string[];

interface Head {
  readonly list: number;
  ids: readonly string[];
  at: number;
  /** Whether the list had no more than was read. */
  ended: boolean;
}

/** The newest ids of several lists, merged; of each list only as much is read as may be needed. */
export function newestOf(
  lists: readonly number[],
  before: string,
  limit: number,
  read: ReadList,
): readonly string[] {
  // Twice a list's share, since few lists grow at the same pace.
  const share = Math.min(limit, Math.ceil((2 * limit) / Math.max(1, lists.length)) + 1);
  const refill = (head: Head, behind: string): void => {
    head.ids = read(head.list, behind, share);
    head.at = 0;
    head.ended = head.ids.length < share;
  };
  const heads = lists.map((list) => {
    const head: Head = { list, ids: [], at: 0, ended: false };
    refill(head, before);
    return head;
  });
  const newest: string[] = [];
  while (newest.length < limit) {
    let best: Head | undefined;
    for (const head of heads) {
      if ((head.ids[head.at] ?? '') > (best?.ids[best.at] ?? '')) best = head;
    }
    const id = best?.ids[best.at];
    if (best === undefined || id === undefined) break;
    newest.push(id);
    best.at += 1;
    if (best.at === best.ids.length && !best.ended) refill(best, id);
  }
  return newest;
}
