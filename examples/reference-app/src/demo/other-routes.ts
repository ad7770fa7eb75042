import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { json } from 'node:stream/consumers';
import type { Mountable } from '@copilotkit/aimock';
import { demoAnswer, tokens } from './answer.ts';
import { completionQuestion, inputTexts } from './question.ts';

/*
 * aimock speaks chat completions. Two surfaces of the demo are added to it: legacy completions, which it has not, and
 * embeddings, which it answers with a usage of zero.
 */

const PIECE = 24;
const DIMENSIONS = 64;

/** `POST /v1/completions`, streamed or whole. */
export function completionRoute(provider: string, pieceMs: number): Mountable {
  return route(async function answerCompletion(request, res) {
    const answer = demoAnswer(provider, completionQuestion(request));
    const head = { id: 'cmpl-demo', object: 'text_completion', created: now(), model: request['model'] };
    const usage = {
      prompt_tokens: answer.promptTokens,
      completion_tokens: answer.completionTokens,
      total_tokens: answer.promptTokens + answer.completionTokens,
    };
    if (request['stream'] !== true) {
      sendJson(res, { ...head, choices: choices(answer.content, answer.finishReason), usage });
      return;
    }
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let at = 0; at < answer.content.length; at += PIECE) {
      await sleep(pieceMs);
      sendEvent(res, { ...head, choices: choices(answer.content.slice(at, at + PIECE), null) });
    }
    sendEvent(res, { ...head, choices: choices('', answer.finishReason) });
    sendEvent(res, { ...head, choices: [], usage });
    res.end('data: [DONE]\n\n');
  });
}

/** `POST /v1/embeddings`: the same vector for the same text. */
export function embeddingRoute(): Mountable {
  return route(async function answerEmbeddings(request, res) {
    const texts = inputTexts(request['input']);
    const used = texts.reduce((sum, text) => sum + tokens(text), 0);
    sendJson(res, {
      object: 'list',
      model: request['model'],
      data: texts.map((text, index) => ({
        object: 'embedding',
        index,
        embedding: encode(vector(text), request['encoding_format']),
      })),
      usage: { prompt_tokens: used, total_tokens: used },
    });
  });
}

function choices(text: string, finishReason: string | null): readonly object[] {
  return [{ index: 0, text, logprobs: null, finish_reason: finishReason }];
}

function vector(text: string): readonly number[] {
  const bytes = createHash('sha512').update(text).digest();
  return Array.from({ length: DIMENSIONS }, (_, index) => (bytes.readUInt8(index) - 127.5) / 127.5 / 8);
}

/** The official SDK asks for base64 where the caller does not say. */
function encode(numbers: readonly number[], format: unknown): readonly number[] | string {
  return format === 'base64' ? Buffer.from(new Float32Array(numbers).buffer).toString('base64') : numbers;
}

type Answerer = (request: Readonly<Record<string, unknown>>, res: ServerResponse) => Promise<void>;

function route(answer: Answerer): Mountable {
  return {
    async handleRequest(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
      const request = (await json(req)) as Readonly<Record<string, unknown>>;
      await answer(request, res);
      return true;
    },
  };
}

function sendJson(res: ServerResponse, body: object): void {
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendEvent(res: ServerResponse, event: object): void {
  if (!res.destroyed) res.write(`data: ${JSON.stringify(event)}\n\n`);
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
