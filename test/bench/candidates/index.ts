import { fileURLToPath } from 'node:url';
import type { CandidateArguments } from '../harness/arguments.ts';
import type { Candidate } from './candidate.ts';
import { installPortkey, PORTKEY_SERVER } from './portkey.ts';

const FLAGS: readonly string[] = ['--conditions=onerouter-source', '--disable-warning=ExperimentalWarning'];

/** Who takes part. */
export interface Field {
  /** The upstream without anything in between. */
  readonly direct: Candidate;
  /** What the others are compared with. */
  readonly pipe: Candidate;
  readonly expressProxy: Candidate;
  readonly portkey: Candidate;
  readonly onerouter: Candidate;
}

/** @param profileDir where OneRouter's processes write CPU profiles; undefined for none */
export function createField(profileDir: string | undefined): Field {
  const profile = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  return {
    direct: { name: 'direct' },
    pipe: { name: '`node:http` pipe (c)', args: program('./pipe.ts') },
    expressProxy: {
      name: 'Express + http-proxy-middleware, bare',
      args: program('./express-proxy.ts'),
    },
    portkey: {
      name: 'Portkey gateway',
      prepare: installPortkey,
      args: ({ port }) => [PORTKEY_SERVER, `--port=${port}`, '--headless'],
      headers: (upstream) => ({
        'x-portkey-provider': 'openai',
        'x-portkey-custom-host': `${upstream}/v1`,
      }),
    },
    onerouter: { name: 'OneRouter, whole chain', args: program('./onerouter.ts', [...FLAGS, ...profile]) },
  };
}

/** OneRouter's whole chain on a store. */
export function onerouterOn(store: string): Candidate {
  const args = program('./onerouter.ts', FLAGS);
  return { name: store, args: (told) => [...args(told), `--store=${store}`] };
}

function program(
  file: string,
  flags: readonly string[] = [],
): (told: CandidateArguments) => readonly string[] {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return ({ port, upstream, dir }) => [
    ...flags,
    path,
    `--port=${port}`,
    `--upstream=${upstream}`,
    `--dir=${dir}`,
  ];
}
