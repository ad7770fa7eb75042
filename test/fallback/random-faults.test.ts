import {
  errorResponder,
  openExchange,
  readBody,
  type Candidate,
  type Generation,
  type RequestBody,
} from '@onerouter/core';
import { scriptedProvider, serve, type ScriptedProvider, type TestServer } from '@onerouter/core/testing';
import { meter } from '@onerouter/metering';
import { fallbackProxy, Upstreams } from '@onerouter/proxy';
import express from 'express';
import * as fc from 'fast-check';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { candidate, readStream } from '../support/chain.ts';
import { STREAMED, TEXT, WHOLE, type Behaviour } from '../support/faults.ts';

const SCHEDULES = 1_000;
/** So that waiting for a silent provider holds up nobody else. */
const SIDE_BY_SIDE = 25;
const SEED = 20_261_103;
const NAMES = ['alpha', 'beta', 'gamma'];
/** Long enough that a provider that does answer never runs into them, however busy the machine. */
const TIMEOUTS = { connectMs: 5_000, headersMs: 1_000, firstTokenMs: 1_000, idleMs: 1_000 };
const ATTEMPTS = [1, 2, 6];

/** When the client leaves: when a provider has got its call, or with the first bytes of the answer. */
type Leaves = 'never' | 'with the call' | 'with the first bytes';
type Ending = 'complete' | 'error' | 'left';

interface Schedule {
  readonly stream: boolean;
  /** Of each provider. */
  readonly behaviours: readonly Behaviour[];
  readonly maxAttempts: number;
  readonly leaves: Leaves;
}

const schedule: fc.Arbitrary<Schedule> = fc.boolean().chain((stream) => {
  const [answers, ...faults] = stream ? STREAMED : WHOLE;
  const behaviour = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...(answers ? [answers] : [])) },
    { weight: 3, arbitrary: fc.constantFrom(...faults) },
  );
  return fc.record({
    stream: fc.constant(stream),
    behaviours: fc.array(behaviour, { minLength: NAMES.length, maxLength: NAMES.length }),
    maxAttempts: fc.constantFrom(...ATTEMPTS),
    leaves: fc.oneof(
      { weight: 5, arbitrary: fc.constant<Leaves>('never') },
      { weight: 1, arbitrary: fc.constantFrom<Leaves[]>('with the call', 'with the first bytes') },
    ),
  });
});

/** One exchange under test. Its name goes along as `user` and as the user agent, so that everybody knows whose it is. */
interface Run extends Schedule {
  readonly leaving: AbortController;
  readonly calls: number[];
  readonly record: PromiseWithResolvers<Readonly<Generation>>;
}

const runs = new Map<string, Run>();
const upstreams = new Upstreams();
let providers: ScriptedProvider[] = [];
let candidates: Candidate[] = [];
let server: TestServer;

beforeAll(async () => {
  providers = await Promise.all(
    NAMES.map((_, at) =>
      scriptedProvider((res, call) => {
        const run = runs.get(String(call.json?.['user']));
        if (!run) return;
        run.calls[at] = (run.calls[at] ?? 0) + 1;
        if (run.leaves === 'with the call') run.leaving.abort();
        return run.behaviours[at]?.script(res, call);
      }),
    ),
  );
  candidates = providers.map((provider, at) => candidate(NAMES[at] ?? '', provider, { timeouts: TIMEOUTS }));
  const app = express();
  for (const maxAttempts of ATTEMPTS) {
    app.post(
      `/${maxAttempts}`,
      openExchange({ surface: 'chat' }),
      readBody({ surface: 'chat' }),
      meter({ onRecord: (record) => runs.get(record.userAgent ?? '')?.record.resolve(record) }),
      fallbackProxy({ upstreams, maxAttempts, candidates: candidatesOf }),
    );
  }
  app.use(errorResponder());
  server = await serve(app);
});
afterAll(async () => {
  await server.close();
  await upstreams.close();
  for (const provider of providers) await provider.close();
});

/** Health is another test's story: every exchange has endpoints of its own. */
function candidatesOf(req: IncomingMessage): readonly Candidate[] {
  const name = req.headers['user-agent'] ?? '';
  return candidates.map(({ model, endpoint }) => ({
    model,
    endpoint: { ...endpoint, id: `${endpoint.id} ${name}` },
  }));
}

it(`${SCHEDULES} random fault schedules end in one whole answer, one honest error or a client that left`, async () => {
  const seen = { complete: 0, error: 0, left: 0 };
  const waiting = fc.sample(schedule, { numRuns: SCHEDULES, seed: SEED });
  const playOn = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) seen[await play(next)] += 1;
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, playOn));
  // A test that saw one ending only would prove nothing.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(SCHEDULES / 20);
}, 60_000);

async function play(one: Schedule): Promise<Ending> {
  const name = `schedule-${runs.size}`;
  const run: Run = {
    ...one,
    leaving: new AbortController(),
    calls: NAMES.map(() => 0),
    record: Promise.withResolvers(),
  };
  runs.set(name, run);
  const ending = await askAndRead(name, run);
  // A client can leave before its request was read, or even sent.
  const record = await (ending === 'left' && run.leaves !== 'with the call' ? undefined : run.record.promise);

  const rules = consequences(one);
  const told = `${one.behaviours.map((behaviour) => behaviour.name).join(' | ')}; ${one.leaves}`;
  for (const [at, count] of run.calls.entries()) {
    const most = at < rules.asked ? (one.behaviours[at]?.mostCalls ?? 1) : 0;
    expect(count, `calls of ${NAMES[at]}: ${told}`).toBeLessThanOrEqual(most);
    if (ending !== 'left') expect(count, told).toBeGreaterThanOrEqual(Math.min(1, most));
  }
  if (one.leaves === 'never') {
    expect(ending, told).toBe(rules.ending);
    expect(record?.status, told).toBe(rules.status);
    expect(record?.attempts, told).toHaveLength(rules.asked);
  }
  if (ending === 'complete') expect(record?.status, told).toBe('complete');
  return ending;
}

/** What the rules say: how many are asked, and what comes of it. */
function consequences({ behaviours, maxAttempts }: Schedule): {
  asked: number;
  ending: Ending;
  status: Generation['status'];
} {
  for (const [at, { consequence }] of behaviours.slice(0, maxAttempts).entries()) {
    const asked = at + 1;
    if (consequence === 'answers') return { asked, ending: 'complete', status: 'complete' };
    if (consequence === 'stops') return { asked, ending: 'error', status: 'failed' };
    if (consequence === 'breaks off') return { asked, ending: 'error', status: 'truncated' };
  }
  return { asked: Math.min(behaviours.length, maxAttempts), ending: 'error', status: 'failed' };
}

/** Asks, reads to the end, and holds that the end is one thing and nothing else. */
async function askAndRead(name: string, { stream, leaves, maxAttempts, leaving }: Run): Promise<Ending> {
  const body: RequestBody['json'] = {
    model: 'acme/writer',
    messages: [{ role: 'user', content: 'Write.' }],
    user: name,
    stream,
  };
  try {
    const response = await fetch(`${server.url}/${maxAttempts}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': name },
      body: JSON.stringify(body),
      signal: leaving.signal,
    });
    if (leaves === 'with the first bytes') leaving.abort();
    if (response.status !== 200) return await holdsError(response);
    if (stream) return await holdsStream(response);
    const { choices } = (await response.json()) as { choices: { message: { content: string } }[] };
    expect(choices[0]?.message.content).toBe(TEXT.join(''));
    return 'complete';
  } catch (error) {
    if (leaving.signal.aborted && (error as Error).name === 'AbortError') return 'left';
    throw error;
  }
}

async function holdsError(response: Response): Promise<Ending> {
  const { error } = (await response.json()) as { error: object };
  expect(error).toMatchObject({ code: response.status, metadata: { origin: 'upstream' } });
  return 'error';
}

async function holdsStream(response: Response): Promise<Ending> {
  const { events, text, done } = await readStream(response);
  expect(done).toBe(true);
  // Never two providers in one answer, nor two ends.
  expect(new Set(events.map((event) => event['provider'])).size).toBe(1);
  const reasons = events.flatMap((event) =>
    (event['choices'] as { finish_reason: string | null }[]).flatMap((choice) => choice.finish_reason ?? []),
  );
  if (events.some((event) => event['error'] !== undefined)) {
    expect(reasons).toEqual(['error']);
    return 'error';
  }
  expect(reasons).toEqual(['stop']);
  expect(text).toBe(TEXT.join(''));
  return 'complete';
}
