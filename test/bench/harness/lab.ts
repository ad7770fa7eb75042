import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BENCH_KEY } from '../candidates/bench-key.ts';
import type { Candidate } from '../candidates/candidate.ts';
import type { LoadMessage, LoadPlan, LoadProgress, LoadResult } from '../load/plan.ts';
import { freePort, GATEWAY_CORE, listening, LOAD_CORE, Processes, type Started } from './processes.ts';

const LOAD: string = fileURLToPath(new URL('../load/main.ts', import.meta.url));
const UPSTREAM: string = fileURLToPath(new URL('../upstream/main.ts', import.meta.url));
/** Beyond the time that the load generator gives itself. */
const LOAD_GRACE_MS = 40_000;

/** A candidate that answers. */
export interface Running {
  readonly candidate: Candidate;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for the upstream itself. */
  readonly pid: number | undefined;
  readonly stop: () => Promise<void>;
}

/** Load that is under way. */
export interface RunningLoad {
  readonly result: Promise<LoadResult>;
  readonly progress: () => Promise<LoadProgress>;
}

/** A plan without what depends on the candidate. */
export type Load = Omit<LoadPlan, 'url' | 'headers'>;

/** The upstream, a folder for files, and the processes of one benchmark. */
export class Lab {
  readonly #processes: Processes;
  readonly #dir: string;
  readonly #upstream: string;
  readonly #prepared = new Map<Candidate, Promise<void>>();
  #starts = 0;

  private constructor(processes: Processes, dir: string, upstream: string) {
    this.#processes = processes;
    this.#dir = dir;
    this.#upstream = upstream;
  }

  static async open(): Promise<Lab> {
    const processes = new Processes();
    const dir = await mkdtemp(join(tmpdir(), 'onerouter-bench-'));
    const port = await freePort();
    await listening(processes.start({ core: LOAD_CORE, args: [UPSTREAM, `--port=${port}`] }), port);
    return new Lab(processes, dir, `http://127.0.0.1:${port}`);
  }

  /** Starts a candidate as a new process. @throws {Error} saying why it cannot run */
  async start(candidate: Candidate): Promise<Running> {
    await this.#prepare(candidate);
    const headers = {
      authorization: `Bearer ${BENCH_KEY}`,
      ...candidate.headers?.(this.#upstream),
    };
    if (!candidate.args)
      return { candidate, url: urlAt(this.#upstream), headers, pid: undefined, stop: async () => {} };
    const dir = await mkdtemp(join(this.#dir, `${this.#starts++}-`));
    const port = await freePort();
    const args = candidate.args({ port, upstream: this.#upstream, dir });
    const started = this.#processes.start({ core: GATEWAY_CORE, args, cwd: dir });
    try {
      await listening(started, port);
    } catch (err) {
      await this.#processes.stop(started);
      throw err;
    }
    const stop = (): Promise<void> => this.#processes.stop(started);
    return { candidate, url: urlAt(`http://127.0.0.1:${port}`), headers, pid: started.pid, stop };
  }

  /** Starts load on a candidate. Its end is bounded. */
  load({ url, headers }: Running, load: Load): RunningLoad {
    const plan: LoadPlan = { ...load, url, headers };
    const started = this.#processes.start({ core: LOAD_CORE, args: [LOAD, JSON.stringify(plan)] });
    const timer = setTimeout(() => started.child.kill('SIGKILL'), load.durationMs + LOAD_GRACE_MS);
    const result = resultOf(started).finally(() => clearTimeout(timer));
    return {
      result,
      progress: async () => {
        const next = message(started, 'progress');
        started.child.send('progress');
        return next;
      },
    };
  }

  /** Calls that the upstream has had so far. */
  async upstreamCalls(): Promise<number> {
    const answer = await fetch(this.#upstream);
    const { calls } = (await answer.json()) as { calls: number };
    return calls;
  }

  async close(): Promise<void> {
    this.#processes.killAll();
    await rm(this.#dir, { recursive: true, force: true });
  }

  #prepare(candidate: Candidate): Promise<void> {
    let prepared = this.#prepared.get(candidate);
    if (!prepared) {
      prepared = candidate.prepare?.() ?? Promise.resolve();
      this.#prepared.set(candidate, prepared);
    }
    return prepared;
  }
}

function urlAt(origin: string): string {
  return `${origin}/v1/chat/completions`;
}

async function resultOf(started: Started): Promise<LoadResult> {
  const result = await message(started, 'result');
  if (started.child.exitCode === null && started.child.signalCode === null) {
    const ended = once(started.child, 'exit');
    started.child.disconnect();
    await ended;
  }
  return result;
}

/** The next message of a kind. @throws {Error} when the process ends before */
function message<K extends LoadMessage['kind']>(
  { child, complaint }: Started,
  kind: K,
): Promise<Extract<LoadMessage, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const onMessage = (said: LoadMessage): void => {
      if (said.kind !== kind) return;
      child.off('message', onMessage);
      child.off('exit', onExit);
      resolve(said as Extract<LoadMessage, { kind: K }>);
    };
    const onExit = (): void => reject(new Error(`The load generator ended early. ${complaint()}`));
    child.on('message', onMessage);
    child.once('exit', onExit);
  });
}
