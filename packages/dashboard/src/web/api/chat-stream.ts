import { EventSourceParserStream } from 'eventsource-parser/stream';
import { ApiError } from './api-error.ts';
import { send } from './request.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly temperature?: number;
  readonly top_p?: number;
  readonly max_tokens?: number;
}

export interface StreamOptions {
  readonly signal: AbortSignal;
  /** Whether the answer that was kept for the same question will not do. */
  readonly fresh: boolean;
  readonly onChunk: (chunk: ChatChunk) => void;
}

export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens?: number };
  readonly completion_tokens_details?: { readonly reasoning_tokens?: number };
  /** USD. */
  readonly cost?: number;
}

/** One event of a stream, as far as it is shown. */
export interface ChatChunk {
  readonly id?: string;
  readonly model?: string;
  readonly provider?: string;
  readonly choices?: readonly {
    readonly delta?: { readonly content?: string | null; readonly reasoning?: string | null };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: ChatUsage | null;
  readonly error?: { readonly message?: string };
}

/**
 * Streams a completion; each chunk is handed over as it comes, until the end of the stream.
 *
 * @throws {ApiError} when it is refused before it begins, or the connection breaks
 */
export async function streamChat(
  request: ChatRequest,
  { signal, fresh, onChunk }: StreamOptions,
): Promise<void> {
  const body = { ...request, stream: true, usage: { include: true } };
  const response = await send('/chat/completions', { method: 'POST', body, fresh, signal });
  if (!response.body) return;
  const events = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await events.read();
      if (done || value.data === '[DONE]') return;
      const chunk = parse(value.data);
      if (chunk) onChunk(chunk);
    }
  } catch (err) {
    if (signal.aborted) throw err;
    throw new ApiError(0, 'The connection broke before the answer was complete.');
  } finally {
    await events.cancel().catch(() => {});
  }
}

function parse(data: string): ChatChunk | undefined {
  try {
    return JSON.parse(data) as ChatChunk;
  } catch {
    return undefined;
  }
}
