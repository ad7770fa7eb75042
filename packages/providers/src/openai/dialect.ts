import {
  ChunkStream,
  emptyFacts,
  noteChunk,
  SURFACE_PATHS,
  type Chunk,
  type Dialect,
  type Surface,
  type WholeAnswer,
} from '@onerouter/core';
import { readRefusal } from './refusal.ts';
import { phraseRequest } from './request.ts';

export interface OpenAiDialectOptions {
  /**
   * The field that limits output. OpenAI's own newer models refuse `max_tokens`; most compatible servers know nothing
   * else.
   * @default 'max_tokens'
   */
  readonly outputLimitField?: 'max_tokens' | 'max_completion_tokens';
}

/**
 * OpenAI's wire format, which most providers speak: chat completions, legacy completions and embeddings. The request
 * goes out as it came but for the fields that the gateway owns, and so does the answer.
 */
export function openaiDialect(options: OpenAiDialectOptions = {}): Dialect {
  const { outputLimitField = 'max_tokens' } = options;
  return {
    name: 'openai',
    surfaces: new Set<Surface>(['chat', 'completions', 'embeddings']),
    request: (call) => ({
      path: SURFACE_PATHS[call.surface],
      headers: {
        'content-type': 'application/json',
        accept: call.body.facts.stream ? 'text/event-stream' : 'application/json',
        ...(call.apiKey === undefined ? {} : { authorization: `Bearer ${call.apiKey}` }),
      },
      body: phraseRequest(call, outputLimitField),
    }),
    stream: (_surface, owned) => new ChunkStream(owned),
    answer: readAnswer,
    refusal: (_status, body) => readRefusal(body),
  };
}

function readAnswer(surface: Surface, body: Buffer): WholeAnswer {
  const facts = emptyFacts();
  const answer = JSON.parse(body.toString('utf8')) as Chunk | null;
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    throw new SyntaxError('Not an answer.');
  noteChunk(facts, answer);
  const vectors = answer['data'];
  if (surface === 'embeddings' && Array.isArray(vectors) && vectors.length > 0) {
    facts.output = true;
    facts.finishReason = 'stop';
  }
  facts.done = true;
  return { body, facts };
}
