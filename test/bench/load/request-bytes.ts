import { randomBytes } from 'node:crypto';
import type { LoadPlan } from './plan.ts';

/** Size of the request body with text only. */
const TEXT_BODY_BYTES = 1024;
/** Size of the image, in base64. */
const IMAGE_BYTES = 1024 * 1024;
const SERIAL_DIGITS = 10;
const SERIAL_PLACE: string = '#'.repeat(SERIAL_DIGITS);

/**
 * One request, ready to be sent. Each carries a serial number in its prompt, and each run another word, so that no two
 * requests are the same: a cache has nothing to answer from, and nobody can share a call.
 */
export class RequestBytes {
  readonly bytes: Buffer;
  readonly #serialAt: number;

  constructor(plan: LoadPlan, run: string) {
    const { pathname, host } = new URL(plan.url);
    const body = Buffer.from(bodyOf(plan, run));
    const headers = Object.entries({
      host,
      'content-type': 'application/json',
      accept: '*/*',
      ...plan.headers,
      'content-length': body.length,
    });
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    this.bytes = Buffer.concat([Buffer.from(`POST ${pathname} HTTP/1.1\r\n${head}\r\n`), body]);
    this.#serialAt = this.bytes.indexOf(SERIAL_PLACE);
  }

  /** Takes over a serial number. The bytes of the last request must have left by then. */
  stamp(serial: number): Buffer {
    this.bytes.write(String(serial).padStart(SERIAL_DIGITS, '0'), this.#serialAt, 'latin1');
    return this.bytes;
  }
}

function bodyOf(plan: LoadPlan, run: string): string {
  const ask = `Request ${run}-${SERIAL_PLACE}.`;
  if (plan.body === 'image') return withImage(plan, ask);
  const make = (padding: string): string => messages(plan, `${ask} ${padding}`);
  return make('y'.repeat(Math.max(0, TEXT_BODY_BYTES - make('').length)));
}

function withImage(plan: LoadPlan, text: string): string {
  image ??= randomBytes((IMAGE_BYTES * 3) / 4).toString('base64');
  return messages(plan, [
    { type: 'text', text },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } },
  ]);
}

let image: string | undefined;

function messages({ model, stream }: LoadPlan, content: unknown): string {
  return JSON.stringify({
    model,
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    messages: [
      { role: 'system', content: 'You are a helpful assistant.' },
      { role: 'user', content },
    ],
    temperature: 0.7,
  });
}
