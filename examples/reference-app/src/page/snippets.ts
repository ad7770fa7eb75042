import { html, type Html } from './html.ts';

/** How to call the gateway at `address`, three ways. The key comes from the environment, never from the page. */
export function snippets(address: string, model: string): Html {
  return html`
    <h3>curl</h3>
    <pre tabindex="0"><code>${curl(address, model)}</code></pre>
    <h3>fetch</h3>
    <pre tabindex="0"><code>${fetchCall(address, model)}</code></pre>
    <h3>OpenAI SDK</h3>
    <pre tabindex="0"><code>${sdk(address, model)}</code></pre>
  `;
}

function curl(address: string, model: string): string {
  return `curl ${address}/v1/chat/completions \\
  -H "Authorization: Bearer $ONEROUTER_API_KEY" \\
  -H "Content-Type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`;
}

function fetchCall(address: string, model: string): string {
  return `const response = await fetch('${address}/v1/chat/completions', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${process.env.ONEROUTER_API_KEY}\`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    model: '${model}',
    messages: [{ role: 'user', content: 'Hello' }],
  }),
});
console.log((await response.json()).choices[0].message.content);`;
}

function sdk(address: string, model: string): string {
  return `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: '${address}/v1',
  apiKey: process.env.ONEROUTER_API_KEY,
});
const stream = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');`;
}
