import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StoreAddress } from './stores.ts';

const APP = fileURLToPath(new URL('./app.ts', import.meta.url));

export interface AppOptions {
  readonly store: StoreAddress;
  readonly journalPath: string;
  readonly providerUrl: string;
  readonly creditsUsd: string;
}

/** A gateway in a process of its own. */
export interface AppProcess {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** Ends it at once, without a warning. */
  kill(): Promise<void>;
  /** Lets it finish what it does. Rejects when it ends otherwise. */
  stop(): Promise<void>;
}

/** Starts an app; resolves once it answers. */
export async function startApp(options: AppOptions): Promise<AppProcess> {
  const child = fork(APP, [JSON.stringify(options)], {
    execArgv: ['--conditions=onerouter-source', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (data: Buffer) => (complaint += data.toString()));
  const ended = once(child, 'close') as Promise<[code: number | null]>;
  const ready = once(child, 'message') as Promise<[message: { port: number }]>;
  const first = await Promise.race([ready.then(([{ port }]) => port), ended]);
  if (typeof first !== 'number') throw new Error(`The app ended with ${first[0]}: ${complaint}`);
  return {
    url: `http://127.0.0.1:${first}`,
    async kill() {
      kill(child);
      await ended;
    },
    async stop() {
      child.send('stop');
      const [code] = await ended;
      if (code !== 0) throw new Error(`The app ended with ${code}: ${complaint}`);
    },
  };
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
}
