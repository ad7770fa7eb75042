import { pino, type DestinationStream, type Logger } from 'pino';

/** Fields that may hold a key, wherever a library puts a request's headers. */
const SECRETS = [
  'authorization',
  'cookie',
  '["x-api-key"]',
  '["proxy-authorization"]',
  'apiKey',
  'secretKey',
  'webhookSecret',
  'clientSecret',
  '["set-cookie"]',
  '["stripe-signature"]',
  'password',
  'smtp',
];

/**
 * The app's log, as JSON lines. Nothing here logs bodies.
 *
 * @param level pino's; `silent` for none
 * @param destination standard error by default, so that standard output stays for people
 */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Logger {
  return pino(
    {
      level,
      redact: {
        paths: SECRETS.flatMap((field) => [join('*', field), join('*.*', field), join('*.*.*', field)]),
        censor: '[redacted]',
      },
    },
    destination,
  );
}

function join(parent: string, field: string): string {
  return field.startsWith('[') ? parent + field : `${parent}.${field}`;
}
