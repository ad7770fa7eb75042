import { OpenRouter } from '@openrouter/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp } from '../security/walk.ts';
import { answers } from '../support/answers.ts';
import { KEYS, openGateway, type GatewayServer } from '../support/gateway.ts';

const USAGE = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };

let server: GatewayServer;
const client = (apiKey?: string): OpenRouter =>
  new OpenRouter({
    ...(apiKey === undefined ? {} : { apiKey }),
    serverURL: `${server.url}/api/v1`,
    retryConfig: { strategy: 'none' },
  });
beforeAll(async () => {
  server = await openGateway({ people: () => ({}) });
  server.provider().play(answers(['Hello'], USAGE));
});
afterAll(() => server.close());

describe('@openrouter/sdk', () => {
  it('reads activity, the running day included', async () => {
    await server.ask();
    await server.settled();
    const { data } = await client(KEYS.management).analytics.getUserActivity();
    expect(data).toMatchObject([
      {
        date: new Date().toISOString().slice(0, 10),
        model: 'acme/writer-1',
        providerName: 'alpha',
        requests: 1,
        promptTokens: 10,
        completionTokens: 5,
        usage: 0.00002,
      },
    ]);
  });

  it('filters activity by day and by key', async () => {
    const { analytics } = client(KEYS.management);
    expect((await analytics.getUserActivity({ date: '2020-01-01' })).data).toEqual([]);
    const theirs = await analytics.getUserActivity({ apiKeyHash: 'f'.repeat(64) });
    expect(theirs.data).toEqual([]);
  });

  it('changes a code, given by somebody who is signed in, for a key that works', async () => {
    const sdk = client();
    const { codeChallenge, codeVerifier } = await sdk.oAuth.createSHA256CodeChallenge();
    const { caller, id } = await signUp(server.url, 'ann@example.com');
    await server.store.ledger.credit({ entryId: 'gift', account: id, amount: 1_000_000_000n });
    const agreed = await fetch(`${server.url}/api/v1/auth/codes`, {
      method: 'POST',
      headers: { ...caller.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        callback_url: 'https://app.example.com/back',
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }),
    });
    const { data } = (await agreed.json()) as { data: { id: string } };
    const { key } = await sdk.oAuth.exchangeAuthCodeForAPIKey({
      requestBody: { code: data.id, codeVerifier, codeChallengeMethod: 'S256' },
    });
    const { data: about } = await client(key).apiKeys.getCurrentKeyMetadata();
    expect(about.usage).toBe(0);
    expect((await server.ask({}, { key })).status).toBe(200);
  });
});
