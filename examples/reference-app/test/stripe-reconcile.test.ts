import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeStripe, type FakeStripe } from '../../../test/support/fake-stripe/index.ts';
import { AppProcess, Folder } from './support/app-process.ts';
import { oneProvider } from './support/config.ts';

const RECONCILE = fileURLToPath(new URL('../src/stripe-reconcile.ts', import.meta.url));
const KEY = `sk-or-mgmt-v1-${'0b'.repeat(32)}`;

async function reconcile(
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; said: string }> {
  const child = spawn(
    process.execPath,
    ['--conditions=onerouter-source', '--disable-warning=ExperimentalWarning', RECONCILE, '--days', '1'],
    { cwd, env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: code as number, said: out + err };
}

describe('the app that sells credits', () => {
  let stripe: FakeStripe;
  let folder: Folder;
  let env: Record<string, string>;
  beforeEach(async () => {
    stripe = await fakeStripe({ hold: true });
    folder = new Folder();
    const { secretKey, webhookSecret, url: apiBase } = stripe;
    const more = {
      billing: { feeFixedUsd: '1', feePercent: '10', stripe: { secretKey, webhookSecret, apiBase } },
      bootstrap: {
        accounts: [{ email: 'a@example.com', managementKeys: [{ name: 'ops', key: KEY }] }],
      },
    };
    env = { ONEROUTER_CONFIG: folder.config(oneProvider('http://127.0.0.1:1/v1', more)) };
  });
  afterEach(async () => {
    await stripe.close();
    folder.remove();
  });

  it('takes payments by its webhook, and by the command what the webhook missed', async () => {
    const app = new AppProcess(folder.path, { ...env, PORT: '0' });
    try {
      const address = await app.ready();
      stripe.sendTo(`${address}/webhooks/stripe`);
      const ask = async (path: string, body?: object): Promise<Record<string, unknown>> => {
        const answer = await fetch(`${address}/api/v1${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        });
        return ((await answer.json()) as { data: Record<string, unknown> }).data;
      };
      const checkout = await ask('/credits/checkout', { amount_usd: '10.00' });
      expect(checkout).toMatchObject({ fee_usd: '2', total_usd: '12' });
      stripe.pay(String(checkout['id']));
      for (const event of stripe.events) expect(await stripe.send(event)).toBe(200);
      expect(await ask('/credits')).toMatchObject({ total_credits: 10 });

      const missed = await ask('/credits/checkout', { amount_usd: 5 });
      stripe.pay(String(missed['id']));
      const found = await reconcile(folder.path, env);
      expect(found.said).toMatch(
        /^credit: payment pay-\w+ \(pi_\w+\) of acc-\w+: expected \$5, found \$0; booked now\n2 payments, .*: 1 difference\.\n$/,
      );
      expect(found.code).toBe(1);
      expect(await ask('/credits')).toMatchObject({ total_credits: 15 });
      const again = await reconcile(folder.path, env);
      expect(again).toEqual({
        code: 0,
        said: expect.stringContaining('the ledger has them all.') as unknown,
      });
    } finally {
      app.kill('SIGTERM');
      await app.exited;
    }
  }, 60_000);

  it('says what is missing where nothing can be compared', async () => {
    const without = { ONEROUTER_CONFIG: folder.config(oneProvider('http://127.0.0.1:1/v1'), 'no.json') };
    expect(await reconcile(folder.path, without)).toMatchObject({
      code: 2,
      said: expect.stringContaining('billing.stripe is missing') as unknown,
    });
  });
});
