import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Core of the process that is measured, and of all that it is measured with. */
export const GATEWAY_CORE = 0;
export const LOAD_CORE = 1;

const START_MS = 30_000;
const STOP_MS = 3_000;
const POLL_MS = 50;
/** As much of what a process complains about as is kept for the report. */
const COMPLAINT_CHARS = 600;

/** Whether processes can be bound to cores here. */
export const PINNED: boolean =
  availableParallelism() > 1 &&
  spawnSync('taskset', ['-c', String(LOAD_CORE), process.execPath, '--version']).status === 0;

export interface StartOptions {
  readonly core: number;
  /** What Node is given: flags, the file, its arguments. */
  readonly args: readonly string[];
  readonly cwd?: string;
}

/** A process of this benchmark, with the end of what it wrote to standard error. */
export interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly complaint: () => string;
}

/** The processes that this one has started. None of them outlives it. */
export class Processes {
  readonly #running = new Set<ChildProcess>();

  constructor() {
    process.once('exit', () => this.killAll());
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  }

  /** Starts Node, the one that runs this, on a core of its own. */
  start({ core, args, cwd }: StartOptions): Started {
    const command = [...(PINNED ? ['taskset', '-c', String(core)] : []), process.execPath, ...args];
    const child = spawn(command[0] ?? '', command.slice(1), {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    let complaint = '';
    child.on('error', (err) => (complaint += err.message));
    child.stderr?.on('data', (data: Buffer) => {
      complaint = (complaint + data.toString()).slice(-COMPLAINT_CHARS);
    });
    return { child, pid: child.pid ?? 0, complaint: () => complaint.trim() };
  }

  async stop({ child }: Started): Promise<void> {
    if (hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
  }

  killAll(): void {
    for (const child of this.#running) child.kill('SIGKILL');
  }
}

/**
 * Waits until a process listens.
 *
 * @throws {Error} when it ends before, or takes too long
 */
export async function listening({ child, complaint }: Started, port: number): Promise<void> {
  const until = performance.now() + START_MS;
  while (!(await accepts(port))) {
    if (hasEnded(child)) throw new Error(`It ended at once. ${complaint()}`);
    if (performance.now() > until) throw new Error(`It does not listen after ${START_MS} ms. ${complaint()}`);
    await sleep(POLL_MS);
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
