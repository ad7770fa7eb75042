import type { FailureType } from '../failure.ts';

const TIMEOUT_CODES: ReadonlySet<string> = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT']);
const STALE_CODES: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** Classifies what the HTTP client reports when no response came. */
export function transportFailure(error: Error): FailureType {
  return TIMEOUT_CODES.has(codeOf(error)) ? 'connect_timeout' : 'connection_error';
}

/**
 * Whether the error is what a server's closing of an idle connection looks like. Some servers announce keep-alive and
 * close all the same; a request that was just written to such a socket has reached nobody.
 */
export function isStaleSocket(error: Error): boolean {
  return STALE_CODES.has(codeOf(error));
}

function codeOf(error: Error): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause instanceof Error ? codeOf(cause) : '';
}
