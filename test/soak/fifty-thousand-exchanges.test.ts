import {
  BREAK,
  DONE,
  errorChunk,
  finishChunk,
  refuse,
  reset,
  roleChunk,
  scriptedProvider,
  streams,
  textChunk,
  textStream,
  whole,
  type Script,
} from '@onerouter/core/testing';
import { expect, it, onTestFinished } from 'vitest';
import { ask, candidate, chainServer } from '../support/chain.ts';

const EXCHANGES = Number(process.env['SOAK_EXCHANGES'] ?? 50_000);
const BASELINE = Math.min(5_000, EXCHANGES / 10);
const AT_ONCE = 50;

/** A mixture of answers and faults, before and after the first output, in a fixed order. */
const SCRIPTS: readonly Script[] = [
  textStream('Hel', 'lo'),
  whole('Hello'),
  refuse(503),
  streams(roleChunk(), errorChunk({ code: 529 })),
  streams(textChunk('Hel'), BREAK),
  reset(),
  refuse(429, {}, { 'retry-after-ms': '1' }),
  streams(textChunk('Hello'), finishChunk(), DONE),
  refuse(400),
  streams(),
];

it(`${EXCHANGES} exchanges with faults leave nothing behind`, async () => {
  const complaints: string[] = [];
  const complain = (warning: Error): void => void complaints.push(`${warning.name}: ${warning.message}`);
  const reject = (reason: unknown): void => void complaints.push(`unhandled: ${String(reason)}`);
  process.on('warning', complain).on('unhandledRejection', reject);
  onTestFinished(() => {
    process.off('warning', complain).off('unhandledRejection', reject);
  });

  let call = 0;
  const play: Script = (res, received) => {
    call += 1;
    const script = SCRIPTS[call % SCRIPTS.length];
    return script?.(res, received);
  };
  const alpha = await scriptedProvider(play);
  const beta = await scriptedProvider(play);
  const server = await chainServer([candidate('alpha', alpha), candidate('beta', beta)]);
  let started = 0;
  let heapAtBaseline = 0;
  const worker = async (): Promise<void> => {
    while (started < EXCHANGES) {
      const n = started;
      started += 1;
      const leave = n % 17 === 0 ? new AbortController() : undefined;
      const response = ask(server, { stream: n % 2 === 0, ...(leave ? { signal: leave.signal } : {}) });
      if (leave) setImmediate(() => leave.abort());
      await response.then((one) => one.text()).catch(() => undefined);
      alpha.forget();
      beta.forget();
    }
  };
  const goal = (): Promise<unknown> => Promise.all(Array.from({ length: AT_ONCE }, worker));
  const watch = setInterval(() => {
    if (started >= BASELINE && heapAtBaseline === 0) heapAtBaseline = heapUsed();
  }, 5);
  await goal();
  clearInterval(watch);

  for (let n = 0; n < 50 && server.unsettled() > 0; n += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(server.unsettled()).toBe(0);
  const heap = heapUsed();
  await server.close();
  await Promise.all([alpha.close(), beta.close()]);
  await expect.poll(openSockets, { timeout: 10_000 }).toBe(0);
  expect(complaints).toEqual([]);
  expect(heap / heapAtBaseline).toBeLessThan(1.1);
});

function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Sockets of this process that are not its own test runner's. */
function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}
