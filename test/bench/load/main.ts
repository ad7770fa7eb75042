import { randomBytes } from 'node:crypto';
import { exitWithParent } from '../harness/parent.ts';
import { median, percentile } from '../harness/figures.ts';
import type { AnswerReader } from './answer-reader.ts';
import { Connection, type Run } from './connection.ts';
import type { LoadMessage, LoadPlan } from './plan.ts';
import { RequestBytes } from './request-bytes.ts';

/*
 * The load generator. Takes a plan as JSON for its argument, sends its result to the process that started it, and how it
 * stands whenever that sends anything.
 */

/** How long requests that are under way get to finish. */
const DRAIN_MS = 30_000;
/** Before the first request, so that the sockets are there. */
const LEAD_MS = 30;

class LoadRun implements Run {
  readonly host: string;
  readonly port: number;
  readonly #plan: LoadPlan;
  readonly #connections: readonly Connection[];
  readonly #startedAt: number = performance.now();
  readonly #elapsed: number[] = [];
  readonly #statuses: Record<string, number> = {};
  #begun = 0;
  #ended = 0;
  #errors = 0;
  #events = 0;
  #reported = false;

  constructor(plan: LoadPlan) {
    const { hostname, port } = new URL(plan.url);
    this.#plan = plan;
    this.host = hostname;
    this.port = Number(port);
    const run = randomBytes(6).toString('hex');
    this.#connections = Array.from(
      { length: plan.connections },
      () => new Connection(this, new RequestBytes(plan, run)),
    );
  }

  start(): void {
    const { connections, ratePerSecond, durationMs } = this.#plan;
    const { rampMs = ratePerSecond === undefined ? 0 : (connections / ratePerSecond) * 1000 } = this.#plan;
    for (const [at, connection] of this.#connections.entries()) {
      setTimeout(connection.next, LEAD_MS + (rampMs * at) / connections);
    }
    setTimeout(() => this.#reportIfOver(), durationMs + LEAD_MS);
    setTimeout(() => this.#report(), durationMs + DRAIN_MS);
  }

  begin(): number | undefined {
    if (this.#over) return undefined;
    return this.#begun++;
  }

  end(elapsedMs: number, answer: AnswerReader | undefined): void {
    this.#ended++;
    const status = answer?.status ?? 'broken';
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    if (status !== 200 || (this.#plan.stream && !answer?.endMark)) this.#errors++;
    else this.#elapsed.push(elapsedMs);
    this.#reportIfOver();
  }

  progress(events: number): void {
    this.#events += events;
  }

  gapMs(connection: Connection): number {
    const { ratePerSecond, connections } = this.#plan;
    if (ratePerSecond === undefined) return 0;
    const now = performance.now();
    connection.dueAt = (connection.dueAt || now) + (connections / ratePerSecond) * 1000;
    return connection.dueAt - now;
  }

  readonly tell = (): void => {
    const answering = this.#connections.filter((connection) => connection.answering).length;
    send({ kind: 'progress', answering, events: this.#events });
  };

  get #over(): boolean {
    const { requests, durationMs } = this.#plan;
    if (requests !== undefined && this.#begun >= requests) return true;
    return performance.now() - this.#startedAt > durationMs;
  }

  #reportIfOver(): void {
    if (this.#over && this.#begun === this.#ended) this.#report();
  }

  #report(): void {
    if (this.#reported) return;
    this.#reported = true;
    for (const connection of this.#connections) connection.stop();
    send({
      kind: 'result',
      requests: this.#ended,
      errors: this.#errors + this.#begun - this.#ended,
      statuses: this.#statuses,
      events: this.#events,
      elapsedMs: performance.now() - this.#startedAt,
      p50Ms: median(this.#elapsed),
      p99Ms: percentile(this.#elapsed, 0.99),
    });
  }
}

function send(message: LoadMessage): void {
  process.send?.(message);
}

const run = new LoadRun(JSON.parse(process.argv[2] ?? '') as LoadPlan);
process.on('message', run.tell);
exitWithParent();
run.start();
