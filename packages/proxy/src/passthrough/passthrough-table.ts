import type { PassthroughRule, Provider } from '@onerouter/core';
import { dialectPath } from './dialect-paths.ts';
import { matches, parsePattern, type PathPattern } from './path-pattern.ts';

/** Where a call that is listed goes. */
export interface Listed {
  readonly provider: Provider;
  readonly rule: PassthroughRule;
}

interface Row {
  readonly rule: PassthroughRule;
  readonly pattern: PathPattern;
}

/** What may be passed through, and where. Made anew when the configuration changes. */
export class PassthroughTable {
  readonly #rows = new Map<string, { readonly provider: Provider; readonly rows: readonly Row[] }>();

  /**
   * Checks what the providers list.
   *
   * @throws {TypeError} naming provider and path, on a pattern that cannot be read or a path that has a dialect
   */
  constructor(providers: Iterable<Provider>) {
    for (const provider of providers) {
      const { name, passthrough = [] } = provider;
      if (passthrough.length === 0) continue;
      const rows = passthrough.map((rule, index) => readRule(rule, `providers.${name}.passthrough.${index}`));
      this.#rows.set(name, { provider, rows });
    }
  }

  /** Whether nothing may be passed through at all. */
  get empty(): boolean {
    return this.#rows.size === 0;
  }

  /** The first rule that fits, or `undefined` when the call is not listed. */
  find(provider: string, method: string, path: readonly string[]): Listed | undefined {
    const listed = this.#rows.get(provider);
    // A `*` covers whatever lies below it, but for what the gateway itself speaks and charges by tokens.
    if (!listed || dialectPath(path) !== undefined) return undefined;
    const row = listed.rows.find(({ rule, pattern }) => rule.method === method && matches(pattern, path));
    return row && { provider: listed.provider, rule: row.rule };
  }
}

function readRule(rule: PassthroughRule, where: string): Row {
  let pattern: PathPattern;
  try {
    pattern = parsePattern(rule.path);
  } catch (cause) {
    throw new TypeError(`${where}.path ${(cause as Error).message}.`, { cause });
  }
  const spoken = pattern.open ? undefined : dialectPath(pattern.segments);
  if (spoken !== undefined) {
    throw new TypeError(
      `${where}.path: ${rule.path} is ${spoken}, which the gateway speaks itself and charges by usage; it cannot be passed through.`,
    );
  }
  return { rule, pattern };
}
