import { fakeStripe } from './fake-stripe.ts';

/*
 * The fake alone, to try buying by hand:
 *
 *   npx -y pnpm@12 exec node --conditions=onerouter-source test/support/fake-stripe/main.ts [port] [webhook address]
 */

const [port = '8788', webhookUrl = 'http://127.0.0.1:8787/webhooks/stripe'] = process.argv.slice(2);
const fake = await fakeStripe({ port: Number(port), webhookUrl });
process.stdout
  .write(`Stripe's fake answers at ${fake.url}; events go to ${webhookUrl}. Configure the gateway with:
  "billing": { "stripe": { "secretKey": "${fake.secretKey}", "webhookSecret": "${fake.webhookSecret}", "apiBase": "${fake.url}" } }\n`);
