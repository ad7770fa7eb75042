/** Size of a whole answer, in bytes. */
const WHOLE_BYTES = 1024;
/** Size of one event of a stream, `data: ` and the blank line included. */
const EVENT_BYTES = 200;

const usage = { prompt_tokens: 42, completion_tokens: 100, total_tokens: 142 };
const common = { id: 'chatcmpl-mock', created: 1_700_000_000, model: 'mock' };

/** A chat completion in one piece. */
export const WHOLE_ANSWER: Buffer = Buffer.from(
  padded(WHOLE_BYTES, (content) =>
    JSON.stringify({
      ...common,
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage,
    }),
  ),
);

// Framed for HTTP/1.1 once: what the upstream spends on a chunk is taken from the load's share of the core.

/** One chunk with content, as it goes over the wire. */
export const CONTENT_FRAME: Buffer = framed(
  padded(EVENT_BYTES, (content) => chunk([{ index: 0, delta: { content }, finish_reason: null }])),
);

/** What follows the last content: the finish reason, the usage and the end mark. */
export const LAST_FRAME: Buffer = framed(
  chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]) + chunk([], { usage }) + 'data: [DONE]\n\n',
);

function chunk(choices: readonly object[], more: object = {}): string {
  return `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices, ...more })}\n\n`;
}

function padded(bytes: number, make: (padding: string) => string): string {
  return make('x'.repeat(Math.max(0, bytes - Buffer.byteLength(make('')))));
}

function framed(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}
