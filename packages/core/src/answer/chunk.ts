import type { AnswerFacts } from './facts.ts';
import { readOpenAiUsage } from './usage-wire.ts';

/** A chunk of a stream, or a whole answer, in OpenAI's chat or legacy shape. */
export interface Chunk {
  readonly id?: string;
  readonly created?: number;
  readonly model?: string;
  readonly choices?: readonly Choice[];
  readonly usage?: unknown;
  readonly error?: unknown;
  readonly [field: string]: unknown;
}

export interface Choice {
  readonly index?: number;
  /** In streams. */
  readonly delta?: Delta | null;
  /** In whole answers. */
  readonly message?: Delta | null;
  /** In legacy completions. */
  readonly text?: string | null;
  readonly finish_reason?: string | null;
  readonly native_finish_reason?: string | null;
  readonly error?: unknown;
  readonly [field: string]: unknown;
}

export interface Delta {
  readonly role?: string;
  readonly content?: unknown;
  readonly [field: string]: unknown;
}

/** Adds to the facts what a chunk says. A delta that only names the role is no output. */
export function noteChunk(facts: AnswerFacts, chunk: Chunk): void {
  if (chunk.error !== undefined && chunk.error !== null) {
    facts.error = { status: errorStatus(chunk.error) };
    return;
  }
  if (facts.upstreamId === null) facts.upstreamId = plainName(chunk.id);
  if (typeof chunk.created === 'number' && facts.created === null) facts.created = chunk.created;
  const usage = readOpenAiUsage(chunk.usage);
  if (usage) {
    facts.usage = usage;
    facts.rawUsage = chunk.usage;
  }
  if (!Array.isArray(chunk.choices)) return;
  for (const choice of chunk.choices as readonly Choice[]) {
    if (typeof choice !== 'object' || choice === null) continue;
    const bytes = outputBytes(choice.delta ?? choice.message) + textBytes(choice.text);
    if (bytes > 0) {
      facts.output = true;
      facts.outputBytes += bytes;
    }
    if (typeof choice.finish_reason === 'string') noteFinish(facts, choice);
  }
}

function noteFinish(facts: AnswerFacts, choice: Choice): void {
  facts.finishReason = plainName(choice.finish_reason) ?? UNNAMED;
  facts.nativeFinishReason = plainName(choice.native_finish_reason) ?? facts.finishReason;
  // OpenRouter-like providers report a failed generation so; it is an error whatever came before.
  if (choice.finish_reason === 'error') facts.error = { status: errorStatus(choice.error) };
}

/** Stands for a reason that is no name. */
const UNNAMED = 'unknown';
const PLAIN_NAME = /^[\w.:/+=-]{1,128}$/;

/** Names go on record; a text that a provider puts in the place of one could be anybody's words. */
function plainName(value: unknown): string | null {
  return typeof value === 'string' && PLAIN_NAME.test(value) ? value : null;
}

/** Fields of a delta that are no output by themselves. */
const SILENT: ReadonlySet<string> = new Set(['role', 'index', 'id', 'type', 'annotations']);

function outputBytes(delta: Delta | null | undefined): number {
  if (!delta) return 0;
  let bytes = 0;
  for (const name in delta) if (!SILENT.has(name)) bytes += textBytes(delta[name]);
  return bytes;
}

function textBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value) && value.length === 0) return 0;
  return Buffer.byteLength(JSON.stringify(value));
}

function errorStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  for (const name of ['status', 'code', 'http_status'] as const) {
    const status = Number((error as Record<string, unknown>)[name]);
    if (Number.isInteger(status) && status >= 400 && status <= 599) return status;
  }
  return ERROR_TYPES[String((error as { type?: unknown }).type)];
}

/** Providers that name the kind of error instead of a status. */
const ERROR_TYPES: Readonly<Record<string, number | undefined>> = {
  overloaded_error: 529,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  server_error: 500,
  api_error: 500,
  invalid_request_error: 400,
};
