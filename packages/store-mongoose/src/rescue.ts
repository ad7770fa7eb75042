import type { EventEmitter } from 'node:events';
import type { Connection } from 'mongoose';

/** How often it is looked for operations that wait in vain. */
export const RESCUE_MS = 500;

/**
 * Ends operations that the driver has forgotten (mongodb 7.8.0). A command that is written in the very turn of the event
 * loop in which its socket was found closed waits for a `drain` that cannot come: the socket is destroyed already, so it
 * raises no error, and its `close`, which ends whatever waits for an answer, does not end what waits to be written. No
 * timeout applies. One such command would hold up every commit behind it until the process is restarted, after each
 * restart of the server that comes at the wrong moment.
 *
 * What is closed and still checked out cannot be anything else, since an operation gives its connection back in the turn in
 * which it fails. A `drain` lets it go on, see that the connection is closed, and fail as it should have.
 */
export function rescueStuckOperations(connection: Connection): { stop(): void } {
  const timer = setInterval(() => {
    for (const { closed, socket } of checkedOut(connection)) if (closed === true) socket?.emit('drain');
  }, RESCUE_MS).unref();
  return { stop: () => clearInterval(timer) };
}

/** A connection of the driver, as far as it is looked at here. */
interface DriverConnection {
  readonly closed?: boolean;
  readonly socket?: EventEmitter;
}

/** The driver's inner parts, none of which it promises to keep. */
interface DriverClient {
  readonly topology?: {
    readonly s?: {
      readonly servers?: ReadonlyMap<
        string,
        { readonly pool?: { readonly checkedOut?: Iterable<DriverConnection> } }
      >;
    };
  };
}

function checkedOut(connection: Connection): readonly DriverConnection[] {
  // Undefined before the first connection, whatever its type says.
  const client = connection.getClient() as unknown as DriverClient | null | undefined;
  const servers = client?.topology?.s?.servers?.values() ?? [];
  return [...servers].flatMap(({ pool }) => [...(pool?.checkedOut ?? [])]);
}
