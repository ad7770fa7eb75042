import { expect, it } from 'vitest';
import { createLog } from '../src/log.ts';

it('shows no key, wherever a library puts the headers of a request', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  const headers = { authorization: 'Bearer canary', cookie: 'canary', 'x-api-key': 'canary', accept: '*/*' };
  const err = Object.assign(new Error('It failed.'), { request: { headers } });
  log.error({ headers }, 'one deep');
  log.error({ req: { headers } }, 'two deep');
  log.error({ err, provider: { apiKey: 'canary' } }, 'in an error');
  log.error({ billing: { stripe: { secretKey: 'canary', webhookSecret: 'canary' } } }, 'in a configuration');
  log.error({ oauth: { github: { clientSecret: 'canary' } }, account: { password: 'canary' } }, 'of people');
  expect(lines).toHaveLength(5);
  expect(lines.join('')).toContain('[redacted]');
  expect(lines.join('')).not.toContain('canary');
});
