import { expect, it } from 'vitest';
import { alertsOf, formOf, problemsOf } from './alert-form.ts';

const filled = { enabled: true, threshold: '2.50', email: true, webhook: 'https://hooks.example/x' };

it('reads what the API has, and writes it back', () => {
  const alerts = { threshold_usd: '2.5', email: false, webhook_url: 'https://hooks.example/x' };
  expect(alertsOf(formOf(alerts))).toEqual(alerts);
  expect(alertsOf(formOf(null))).toBeNull();
  expect(alertsOf({ ...filled, webhook: '' })).toEqual({
    threshold_usd: '2.50',
    email: true,
    webhook_url: null,
  });
});

it.each([
  [{ threshold: 'five' }, ['threshold']],
  [{ threshold: '' }, ['threshold']],
  [{ webhook: 'http://hooks.example' }, ['webhook']],
  [{ webhook: 'hooks.example' }, ['webhook']],
  [{ email: false, webhook: '' }, ['email']],
  [{ enabled: false, threshold: 'five' }, []],
  [{}, []],
])('finds fault with %j in %j', (changed, fields) => {
  expect(Object.keys(problemsOf({ ...filled, ...changed }))).toEqual(fields);
});
