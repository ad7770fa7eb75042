import type { ChatRequest, CommonRequest, CompletionRequest, EmbeddingRequest } from './schemas.ts';
import type { Surface } from './surface.ts';
import { originalBytes } from './without-media.ts';

/** What routing, metering and billing need to know of a request. Holds sizes and flags, no text. */
export interface RequestFacts {
  readonly surface: Surface;
  /** What was asked for, in order of preference; empty when the request names no model. */
  readonly models: readonly string[];
  readonly stream: boolean;
  /** Whether the client wants to see usage in a stream. */
  readonly includeUsage: boolean;
  /** Limit on output tokens that the client named for each choice. */
  readonly maxTokens: number | undefined;
  /** Completions asked for: `n`, times the prompts of a legacy completion. */
  readonly choices: number;
  /** UTF-8 bytes of text in the prompt, tools included; media count for nothing here. */
  readonly textBytes: number;
  readonly images: number;
  readonly files: number;
  readonly audio: number;
  readonly video: number;
  /** Names of the top-level fields, for filters that ask whether an endpoint supports them. */
  readonly fields: readonly string[];
}

/** Reads the facts of a valid request in one walk. */
export function readFacts(surface: Surface, body: CommonRequest): RequestFacts {
  const tally = { textBytes: 0, images: 0, files: 0, audio: 0, video: 0 };
  let prompts = 1;
  if (surface === 'chat') countMessages(body as ChatRequest, tally);
  else if (surface === 'completions') prompts = countPrompts((body as CompletionRequest).prompt, tally);
  else countPrompts((body as EmbeddingRequest).input, tally);
  // Embeddings know neither limits nor choices; such fields are the provider's to judge, and unchecked here.
  const generates = surface !== 'embeddings';
  const perPrompt = generates
    ? Math.max(body.n ?? 1, surface === 'completions' ? (body.best_of ?? 1) : 1)
    : 1;
  const limits = [body.max_tokens, body.max_completion_tokens].filter(
    (limit) => generates && limit !== null && limit !== undefined,
  ) as number[];
  return {
    surface,
    models: askedModels(body),
    stream: generates && body.stream === true,
    includeUsage: body.usage?.include === true || body.stream_options?.include_usage === true,
    maxTokens: limits.length === 0 ? undefined : Math.max(...limits),
    choices: perPrompt * prompts,
    ...tally,
    fields: Object.keys(body),
  };
}

interface Tally {
  textBytes: number;
  images: number;
  files: number;
  audio: number;
  video: number;
}

function askedModels(body: CommonRequest): readonly string[] {
  const first = body.model === undefined ? [] : [body.model];
  if (!body.models || body.models.length === 0) return first;
  return [...new Set([...first, ...body.models])];
}

function countMessages(body: ChatRequest, tally: Tally): void {
  for (const message of body.messages) {
    const { content } = message;
    if (typeof content === 'string') tally.textBytes += originalBytes(content);
    else if (Array.isArray(content)) for (const part of content) countPart(part, tally);
    const calls = message['tool_calls'];
    if (calls !== undefined && calls !== null) tally.textBytes += jsonBytes(calls);
  }
  for (const field of ['tools', 'functions', 'response_format']) {
    const value = body[field];
    if (value !== undefined && value !== null) tally.textBytes += jsonBytes(value);
  }
}

function countPart(part: { readonly type: string; readonly [field: string]: unknown }, tally: Tally): void {
  switch (part.type) {
    case 'image_url':
    case 'input_image':
      tally.images += 1;
      return;
    case 'file':
    case 'input_file':
      tally.files += 1;
      return;
    case 'input_audio':
      tally.audio += 1;
      return;
    case 'video_url':
    case 'input_video':
      tally.video += 1;
      return;
    default: {
      const { text } = part as { text?: unknown };
      tally.textBytes += typeof text === 'string' ? originalBytes(text) : jsonBytes(part);
    }
  }
}

/** Counts the text and returns how many prompts there are. A list of numbers is one prompt of tokens. */
function countPrompts(prompt: string | readonly unknown[], tally: Tally): number {
  if (typeof prompt === 'string') {
    tally.textBytes += originalBytes(prompt);
    return 1;
  }
  if (typeof prompt[0] === 'number') {
    tally.textBytes += prompt.length * BYTES_PER_TOKEN;
    return 1;
  }
  for (const one of prompt) {
    if (typeof one === 'string') tally.textBytes += originalBytes(one);
    else if (Array.isArray(one)) tally.textBytes += one.length * BYTES_PER_TOKEN;
    else tally.textBytes += jsonBytes(one);
  }
  return prompt.length;
}

const BYTES_PER_TOKEN = 4;

function jsonBytes(value: unknown): number {
  try {
    return Buffer.byteLength(JSON.stringify(value) ?? '');
  } catch {
    // Nesting deeper than the stack. The provider will refuse it; here it must only not crash.
    return 0;
  }
}
