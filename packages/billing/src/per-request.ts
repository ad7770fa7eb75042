import type { PerRequest } from '@onerouter/core';

/** How an option's value is found on a request. */
export type Find<T> = Exclude<PerRequest<T>, T>;

/** An option that may be a value, a function, or left out, as the function that finds it. */
export function perRequest<T extends object>(given: PerRequest<T> | undefined, fallback: Find<T>): Find<T> {
  if (given === undefined) return fallback;
  return typeof given === 'function' ? (given as Find<T>) : ((() => given) as Find<T>);
}
