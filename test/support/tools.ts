export type Fields = Record<string, unknown>;

/** What stands at a path such as `error.metadata.error_type` or `choices.0.message`. */
export function at(json: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Fields | null | undefined)?.[name], json);
}

/** Waits until something is so; fails after ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > giveUpAt) throw new Error(`Still not so: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
