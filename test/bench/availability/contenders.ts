import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPortkey, PORTKEY_SERVER } from '../candidates/portkey.ts';
import { freePort, GATEWAY_CORE, listening } from '../harness/processes.ts';
import { ask } from './client.ts';
import { FIRST_TOKEN_MS, type Circumstances, type Contender, type Ready } from './contender.ts';
import { directly, retryingOnce } from './without-gateway.ts';
import { chance } from './schedule.ts';

/** A gateway may ask all five in turn. */
const GATEWAY_MS = 10_000;

/** Everybody who is compared; OneRouter is the last. */
export const CONTENDERS: readonly Contender[] = [
  { name: 'no fallback', open: directly },
  { name: 'retry once', open: retryingOnce },
  { name: 'Portkey gateway, fallback', prepare: installPortkey, open: portkey },
  { name: 'OneRouter, whole chain', open: onerouter },
];

async function portkey({ seed, urls, processes }: Circumstances): Promise<Ready> {
  const port = await freePort();
  const gateway = processes.start({
    core: GATEWAY_CORE,
    args: [PORTKEY_SERVER, `--port=${port}`, '--headless'],
  });
  await listening(gateway, port);
  const url = `http://127.0.0.1:${port}/v1`;
  // An order of its own for each request: no list that is fixed could know which provider is dead today.
  const headersFor = (request: number): Record<string, string> => {
    const targets = [...urls]
      .map(([provider, host]) => ({ host, at: chance(seed, 'order', { provider, request, before: 0 }) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ host }) => ({ provider: 'openai', api_key: 'sk-upstream', custom_host: host }));
    const config = { strategy: { mode: 'fallback' }, request_timeout: FIRST_TOKEN_MS, targets };
    return { 'x-portkey-config': JSON.stringify(config) };
  };
  return {
    ask: (request) => ask({ url, headers: headersFor(request.number), timeoutMs: GATEWAY_MS }, request),
    close: () => processes.stop(gateway),
  };
}

async function onerouter({ urls, processes, rounds }: Circumstances): Promise<Ready> {
  const dir = await mkdtemp(join(tmpdir(), 'onerouter-availability-'));
  const port = await freePort();
  const gateway = processes.start({
    core: GATEWAY_CORE,
    args: [
      '--conditions=onerouter-source',
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(new URL('./onerouter.ts', import.meta.url)),
      `--port=${port}`,
      `--dir=${dir}`,
      `--first-token-ms=${FIRST_TOKEN_MS}`,
      ...(rounds === undefined ? [] : [`--rounds=${rounds}`]),
      ...[...urls].map(([name, url]) => `--provider=${name}=${url}`),
    ],
  });
  await listening(gateway, port);
  const url = `http://127.0.0.1:${port}/v1`;
  return {
    ask: (request) => ask({ url, timeoutMs: GATEWAY_MS }, request),
    close: async () => {
      await processes.stop(gateway);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
