import { constants } from 'node:os';
import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';

/** Beyond the drain's own limit: abandoning what is left, settling it, closing the store. */
const CLOSE_MARGIN_MS = 15_000;

/**
 * Ends the process well: the first SIGTERM, SIGINT or fatal error runs `close` and exits with 0 (1 after an error), the
 * second signal ends at once with 128 plus its number, as a shell reports a killed process.
 *
 * @param drainMs what `close` may take to let running exchanges finish
 */
export function shutDownOnSignals(close: () => Promise<void>, drainMs: number, log: Logger): void {
  closeWithGrace(
    {
      delay: drainMs + CLOSE_MARGIN_MS,
      // SIGHUP asks for the configuration to be read again, as with other servers.
      skip: ['SIGHUP'],
      logger: { error: (err: unknown) => log.fatal({ err }, 'Shutting down failed.') },
      onSecondSignal: (signal) => process.exit(128 + constants.signals[signal]),
      onTimeout: () => log.fatal({}, 'Shutting down took too long; ending now.'),
    },
    async function shutDown({ err, signal }) {
      if (err) log.fatal({ err }, 'An error that nothing caught. Shutting down.');
      else log.info({ signal }, 'Shutting down: no new exchanges; waiting for the running ones.');
      await close();
    },
  );
}
