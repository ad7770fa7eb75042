import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestHandler } from 'express';

const WORDS = ['Every', ' word', ' comes', ' by', ' itself.'];

/** A handler that knows nothing of OneRouter and streams a completion, as an inference server of one's own would. */
export const foreignHandler: RequestHandler = async (_req, res) => {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (chunk: object): boolean => res.write(`data: ${JSON.stringify(chunk)}\n\n`);
  for (const content of WORDS) {
    send({ id: 'own-1', choices: [{ index: 0, delta: { content }, finish_reason: null }] });
    await sleep(20);
  }
  send({ id: 'own-1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
  send({
    id: 'own-1',
    choices: [],
    usage: { prompt_tokens: 12, completion_tokens: WORDS.length, total_tokens: 12 + WORDS.length },
  });
  res.end('data: [DONE]\n\n');
};
