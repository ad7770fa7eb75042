import { pino, type Logger } from 'pino';

/** Fields that may hold a key, wherever a library puts a request's headers. */
const SECRETS = [
  'authorization',
  'cookie',
  '["x-api-key"]',
  '["proxy-authorization"]',
  'apiKey',
  'secretKey',
];

/**
 * The app's log: JSON lines on standard error, so that standard output stays for people. Nothing here logs bodies.
 *
 * @param level pino's; `silent` for none
 */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      redact: {
        paths: SECRETS.flatMap((field) => [join('*', field), join('*.*', field), join('*.*.*', field)]),
        censor: '[redacted]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

function join(parent: string, field: string): string {
  return field.startsWith('[') ? parent + field : `${parent}.${field}`;
}
