/** An error as the log may have it. */
export interface LoggableError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  /** Where it was thrown, without the message. */
  readonly stack?: string | undefined;
}

/** Stands for a message that may quote what was being worked on. */
export const MESSAGE_WITHHELD = 'message withheld: it can quote a prompt or a completion';

/**
 * What may be logged of an error that was raised while an exchange was worked on. V8 quotes the text that it could not
 * parse, and other libraries do likewise, so a message is only shown where the error has a `code`, as errors of the system
 * and of stores have, whose messages are fixed texts.
 */
export function loggableError(thrown: unknown): LoggableError {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: MESSAGE_WITHHELD };
  const { name, message, stack = '', code } = thrown as Error & { code?: unknown };
  const known = typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code);
  return {
    name,
    message: known ? message : MESSAGE_WITHHELD,
    ...(known ? { code } : {}),
    stack: framesOf(stack, message),
  };
}

function framesOf(stack: string, message: string): string {
  const from = stack.indexOf(message);
  const frames = from < 0 ? '' : stack.slice(from + message.length);
  return frames.trimStart();
}
