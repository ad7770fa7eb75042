import { expect, it } from 'vitest';
import { at, gatewayServer, model } from '../support/gateway.ts';

const PIXEL = `data:image/png;base64,${Buffer.alloc(900_000, 7).toString('base64')}`;
// Written by hand, so that spacing, escapes and numbers have to survive as they are.
const CONTENT = `[
  { "type":"text", "text":"What is th\\u00eds? 🌍 \\/ \\"x\\"" },
  {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}},
  {"type":"image_url","image_url":{"url":"${PIXEL}"}},
  {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0xLjQK"}},
  {"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}} ]`;
const REST = `"temperature":1.0,"seed":9007199254740993,"top_p" : 1e0, "novel":{"b":1,"a":[ ]}`;

it.each([true, false])(
  'text, images, a PDF and audio in one request reach the provider byte for byte, but for what the gateway owns (stream: %s)',
  async (stream) => {
    const server = await gatewayServer({
      models: [
        model('acme/writer-1', [
          { provider: 'alpha', pricing: { prompt: '0.000001', completion: '0.000002', image: '0.001' } },
        ]),
      ],
    });
    const body = (name: string, options: string): string =>
      `{"model":"${name}","messages":[{"role":"user","content":${CONTENT}}],${REST},"stream":${stream}${options}}`;
    const response = await server.post(
      '/v1/chat/completions',
      body('acme/writer-1', ',"usage":{"include":true}'),
    );
    await response.text();
    const sent = server.provider().calls[0]?.raw.toString() ?? '';
    const asked = stream ? ',"stream_options":{"include_usage":true}' : '';
    expect(sent === body('alpha-up', asked), sent.replace(PIXEL, '…')).toBe(true);
    if (stream) return;
    const generation = await server.generation(response.headers.get('x-generation-id'));
    expect(generation['num_media_prompt']).toBe(2);
    // 2 × $0.001 + 10 × $0.000001 + 5 × $0.000002
    expect(generation['total_cost']).toBe(0.00202);
  },
);

it('goes only to endpoints that take all of it', async () => {
  const server = await gatewayServer({
    providers: { alpha: {}, beta: {} },
    models: [
      model('acme/writer-1', [
        { provider: 'alpha', inputModalities: ['text', 'image'] },
        { provider: 'beta' },
      ]),
      model('acme/reader', [{ provider: 'alpha' }], { inputModalities: ['text'] }),
    ],
  });
  const messages = [{ role: 'user', content: JSON.parse(CONTENT) as object }];
  expect((await server.ask({ messages })).json['provider']).toBe('beta');
  const { status, json } = await server.ask({ messages, model: 'acme/reader' });
  expect(status).toBe(404);
  expect(at(json, 'error.metadata.excluded_by')).toEqual(['modality']);
});
