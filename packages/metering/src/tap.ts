import {
  ChunkStream,
  emptyFacts,
  noteChunk,
  type AnswerFacts,
  type Chunk,
  type Exchange,
} from '@onerouter/core';
import type { ServerResponse } from 'node:http';

/** A body that is no stream is watched up to this size. */
export const MAX_TAPPED_BYTES: number = 4 * 1024 * 1024;

/**
 * Watches what a handler that knows nothing of exchanges writes, and settles the exchange when the response has closed.
 * This is the one place where a response's methods are wrapped: a foreign handler gives no other hook. Every call goes on
 * to the original with the same arguments.
 */
export function tapResponse(exchange: Exchange, res: ServerResponse): void {
  const write = res.write.bind(res);
  const end = res.end.bind(res);
  let stream: ChunkStream | undefined;
  let parts: Buffer[] | undefined = [];
  let size = 0;
  exchange.takeOver();

  const see = (piece: unknown, encoding: unknown): void => {
    const bytes = toBuffer(piece, encoding);
    if (!bytes) return;
    stream ??= isEventStream(res) ? new ChunkStream() : undefined;
    if (stream) {
      stream.push(bytes);
      if (stream.facts.output) exchange.noteFirstOutput();
      exchange.noteChunk(bytes, stream.facts);
    } else if (parts) {
      size += bytes.length;
      if (size > MAX_TAPPED_BYTES) parts = undefined;
      else parts.push(bytes);
    }
  };

  res.write = function tappedWrite(...args: unknown[]): boolean {
    see(args[0], args[1]);
    return Reflect.apply(write, res, args) as boolean;
  } as typeof res.write;

  res.end = function tappedEnd(...args: unknown[]): ServerResponse {
    see(args[0], args[1]);
    return Reflect.apply(end, res, args) as ServerResponse;
  } as typeof res.end;

  res.once('close', () => {
    stream?.end();
    const facts = stream?.facts ?? readWhole(parts);
    if (!stream && facts.output) exchange.noteFirstOutput();
    void exchange.settle({ status: endStatus(exchange, res, facts), facts, candidate: undefined });
  });
}

function endStatus(
  exchange: Exchange,
  res: ServerResponse,
  facts: AnswerFacts,
): 'complete' | 'cancelled' | 'failed' | 'truncated' {
  if (exchange.clientGone) return 'cancelled';
  if (res.statusCode >= 400) return 'failed';
  if (facts.error || (facts.finishReason === null && !facts.done))
    return facts.output ? 'truncated' : 'failed';
  return 'complete';
}

function readWhole(parts: readonly Buffer[] | undefined): AnswerFacts {
  const facts = emptyFacts();
  if (!parts || parts.length === 0) return facts;
  try {
    noteChunk(facts, JSON.parse(Buffer.concat(parts).toString('utf8')) as Chunk);
  } catch {
    // No JSON, so nothing that can be measured.
  }
  return facts;
}

function isEventStream(res: ServerResponse): boolean {
  return String(res.getHeader('content-type') ?? '').startsWith('text/event-stream');
}

function toBuffer(piece: unknown, encoding: unknown): Buffer | undefined {
  if (typeof piece === 'string') {
    return Buffer.from(piece, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  }
  return piece instanceof Uint8Array
    ? Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
    : undefined;
}
