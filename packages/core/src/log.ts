/** The part of a logger that OneRouter needs; pino's, winston's and `console` fit. */
export interface Log {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Where failures go when no logger was given: Node's warning channel, which nobody can overlook and anybody can mute. */
export const warningLog: Log = {
  warn: (fields, message) => process.emitWarning(`${message} ${describe(fields)}`, 'OneRouterWarning'),
  error: (fields, message) => process.emitWarning(`${message} ${describe(fields)}`, 'OneRouterError'),
};

function describe(fields: object): string {
  const err = (fields as { err?: unknown }).err;
  if (typeof err !== 'object' || err === null) return '';
  const { name, message } = err as Partial<Error>;
  return typeof message === 'string' ? `${name}: ${message}` : '';
}
