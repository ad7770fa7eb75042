/** How to call the API, each with the key from the environment. */
export interface Snippet {
  readonly id: string;
  readonly label: string;
  readonly code: string;
}

/**
 * Ready to run: curl, fetch, and the OpenAI SDK.
 *
 * @param baseUrl `https://host/v1`
 */
export function snippets(baseUrl: string, model: string): readonly Snippet[] {
  return [
    { id: 'curl', label: 'curl', code: curl(baseUrl, model) },
    { id: 'sdk', label: 'OpenAI SDK', code: sdk(baseUrl, model) },
    { id: 'fetch', label: 'fetch', code: fetchCall(baseUrl, model) },
  ];
}

function curl(baseUrl: string, model: string): string {
  return `curl ${baseUrl}/chat/completions \\
  -H "Authorization: Bearer $ONEROUTER_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`;
}

function sdk(baseUrl: string, model: string): string {
  return `import { env } from 'node:process';
import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${baseUrl}',
  apiKey: env.ONEROUTER_API_KEY,
});
const stream = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
});
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? '');
}`;
}

function fetchCall(baseUrl: string, model: string): string {
  return `import { env } from 'node:process';

const response = await fetch('${baseUrl}/chat/completions', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${env.ONEROUTER_API_KEY}\`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    model: '${model}',
    messages: [{ role: 'user', content: 'Hello' }],
  }),
});
console.log((await response.json()).choices[0].message.content);`;
}
