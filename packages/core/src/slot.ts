import type { IncomingMessage } from 'node:http';

/** A typed place on a request that one middleware fills and others read. */
export interface Slot<T> {
  readonly name: string;
  /** @throws {Error} naming the middleware to mount when nothing has filled the slot. */
  get(req: IncomingMessage): T;
  /** The value, or `undefined` when the slot is empty. */
  peek(req: IncomingMessage): T | undefined;
  set(req: IncomingMessage, value: T): void;
}

/**
 * Makes a slot.
 *
 * @param name what the slot holds, used in the error text
 * @param mountedBy the middleware that fills it, as a reader would write it: `bearerAuth()`
 */
export function defineSlot<T>(name: string, mountedBy: string): Slot<T> {
  const key = Symbol(`onerouter.${name}`);
  const read = (req: IncomingMessage): T | undefined => (req as { [key]?: T })[key];
  return {
    name,
    get(req) {
      const value = read(req);
      if (value === undefined) {
        throw new Error(
          `No ${name} on this request. Mount ${mountedBy} before the middleware that needs it.`,
        );
      }
      return value;
    },
    peek: read,
    set(req, value) {
      (req as { [key]?: T })[key] = value;
    },
  };
}
