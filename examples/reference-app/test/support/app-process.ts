import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** An empty folder for a test. */
export class Folder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'onerouter-app-'));

  /** Writes a configuration file and returns its path. */
  config(json: unknown, name = 'config.json'): string {
    const file = join(this.path, name);
    writeFileSync(file, typeof json === 'string' ? json : JSON.stringify(json));
    return file;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The app in a process of its own, as `pnpm start` runs it. */
export class AppProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  stdout = '';
  stderr = '';

  /** @param env the whole environment but for PATH, so that keys of the machine do not count */
  constructor(cwd: string, env: Readonly<Record<string, string>>) {
    this.child = spawn(
      process.execPath,
      ['--conditions=onerouter-source', '--disable-warning=ExperimentalWarning', MAIN],
      { cwd, env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.child.stdout?.on('data', (data: Buffer) => (this.stdout += data.toString()));
    this.child.stderr?.on('data', (data: Buffer) => (this.stderr += data.toString()));
    this.exited = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Waits until it says that it is ready, and returns the address it says. */
  async ready(): Promise<string> {
    for (;;) {
      const address = /ready at (http:\/\/\S+)\n/.exec(this.stdout)?.[1];
      if (address !== undefined) return address;
      const ended = await Promise.race([this.exited, once(this.child.stdout ?? this.child, 'data')]);
      if (!Array.isArray(ended)) throw new Error(`It ended with ${ended}: ${this.stderr}`);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}
