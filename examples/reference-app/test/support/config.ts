export const API_KEY: string = `sk-or-v1-${'0a'.repeat(32)}`;

/** A configuration with one provider, one model and one account with a dollar. */
export function oneProvider(baseUrl: string, more: Readonly<Record<string, unknown>> = {}): object {
  return {
    listen: { port: 0 },
    store: 'sqlite:./one.db',
    providers: { alpha: { dialect: 'openai', baseUrl, apiKey: 'key-of-alpha' } },
    models: [model('acme/writer-1')],
    bootstrap: {
      accounts: [{ email: 'a@example.com', creditsUsd: '1.00', apiKeys: [{ name: 'one', key: API_KEY }] }],
    },
    ...more,
  };
}

/** A model at the provider `alpha`. */
export function model(id: string): object {
  return {
    id,
    maxCompletionTokens: 1000,
    endpoints: [
      { provider: 'alpha', model: 'upstream', pricing: { prompt: '0.000001', completion: '0.000002' } },
    ],
  };
}

/** Asks for a chat completion. */
export function chat(address: string, body: Readonly<Record<string, unknown>> = {}): Promise<Response> {
  return fetch(`${address}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
    body: JSON.stringify({
      model: 'acme/writer-1',
      messages: [{ role: 'user', content: 'Write.' }],
      ...body,
    }),
  });
}
