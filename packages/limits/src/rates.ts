/** What may be asked for within a minute. What is left out is not limited. */
export interface Rates {
  readonly requestsPerMinute?: number | undefined;
  /** Prompt and output together. */
  readonly tokensPerMinute?: number | undefined;
}

/** The rates of one caller: of its key, and of all keys of its account together. */
export interface RateLimits extends Rates {
  readonly perAccount?: Rates | undefined;
}

export type Unit = 'requests' | 'tokens';
export type Scope = 'key' | 'account';

/** One limit that a request has to keep. */
export interface Rate {
  readonly scope: Scope;
  readonly unit: Unit;
  readonly limit: number;
}

/**
 * The limits that are set, requests before tokens.
 *
 * @throws {RangeError} naming a limit that is no whole number above 0
 */
export function ratesOf(limits: RateLimits | undefined): readonly Rate[] {
  if (!limits) return [];
  const { perAccount = {} } = limits;
  const rates: Rate[] = [];
  const add = (scope: Scope, unit: Unit, limit: number | undefined, name: string): void => {
    if (limit === undefined) return;
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new RangeError(`${name} must be a whole number above 0, not ${limit}.`);
    }
    rates.push({ scope, unit, limit });
  };
  add('key', 'requests', limits.requestsPerMinute, 'requestsPerMinute');
  add('account', 'requests', perAccount.requestsPerMinute, 'perAccount.requestsPerMinute');
  add('key', 'tokens', limits.tokensPerMinute, 'tokensPerMinute');
  add('account', 'tokens', perAccount.tokensPerMinute, 'perAccount.tokensPerMinute');
  return rates;
}
