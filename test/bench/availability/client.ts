import { BENCH_KEY } from '../candidates/bench-key.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { MODEL, promptOf, wordsOf, type Request } from './schedule.ts';

/** Where to send a request. */
export interface Target {
  /** Base URL, with `/v1`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Over the whole call. */
  readonly timeoutMs: number;
}

/** How a call ended. */
export interface Ending {
  readonly outcome: Outcome;
  /** Whether an SDK with retries would call again: the connection broke, or the status says so. */
  readonly retryable: boolean;
  /** In a few words, for those who look into errors. */
  readonly detail: string;
}

/** Makes one call and reads its answer to the end. Never rejects. */
export async function ask({ url, headers, timeoutMs }: Target, request: Request): Promise<Ending> {
  const { number, stream } = request;
  try {
    const res = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${BENCH_KEY}`, ...headers },
      body: JSON.stringify({
        model: MODEL,
        messages: [{ role: 'user', content: promptOf(number) }],
        ...(stream ? { stream } : {}),
      }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = await res.text();
    const outcome = outcomeOf(res.status, body, wordsOf(number).join(''));
    const retryable = res.status === 408 || res.status === 409 || res.status === 429 || res.status >= 500;
    return { outcome, retryable, detail: `${res.status} ${body.slice(0, 600)}` };
  } catch (err) {
    return { outcome: 'error', retryable: true, detail: String(err) };
  }
}
