import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { MODEL, wordsOf, type Fault, type Request } from './schedule.ts';

const WORD_MS = 5;
/** Longer than anybody waits for a call. */
const HANG_MS = 8_000;

const common = { id: 'chatcmpl-1', created: 1_700_000_000, model: MODEL };
const usage = { prompt_tokens: 10, completion_tokens: 9, total_tokens: 19 };
const failure = { error: { message: 'Something broke.', type: 'server_error', param: null, code: null } };

/** Answers as a provider does that is well. */
export async function answer(res: ServerResponse, { number, stream }: Request): Promise<void> {
  const words = wordsOf(number);
  if (!stream) {
    const message = { role: 'assistant', content: words.join('') };
    json(res, 200, whole([{ index: 0, message, finish_reason: 'stop' }]));
    return;
  }
  begin(res);
  for (const content of words) {
    res.write(chunk([{ index: 0, delta: { content }, finish_reason: null }]));
    await sleep(WORD_MS);
  }
  res.write(chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]));
  res.write(chunk([], { usage }));
  res.end('data: [DONE]\n\n');
}

/** Fails as a provider does that is not. */
export async function fail(res: ServerResponse, { stream }: Request, fault: Fault): Promise<void> {
  switch (fault) {
    case 'unavailable':
      return json(res, 503, failure);
    case 'rate-limited':
      res.setHeader('retry-after', '1');
      return json(res, 429, failure);
    case 'reset':
      res.socket?.resetAndDestroy();
      return;
    case 'error-inside':
      if (!stream) return json(res, 200, failure);
      begin(res);
      res.end(event(failure));
      return;
    case 'empty':
      if (!stream) return json(res, 200, whole([]));
      begin(res);
      res.end('data: [DONE]\n\n');
      return;
    case 'hang':
      await sleep(HANG_MS, undefined, { ref: false });
      res.destroy();
  }
}

/** Headers and what comes before output: a 200 that promises nothing. */
function begin(res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write(chunk([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]));
}

function whole(choices: readonly object[]): object {
  return { ...common, object: 'chat.completion', choices, usage };
}

function chunk(choices: readonly object[], more: object = {}): string {
  return event({ ...common, object: 'chat.completion.chunk', choices, ...more });
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function json(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}
