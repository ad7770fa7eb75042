import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadResult } from '../load/plan.ts';
import type { Lab, Load, Running } from './lab.ts';
import { cpuMs } from './proc.ts';

/** What is done after the answers (settling, writing) is paid for within this. */
const AFTERWORK_MS = 400;

/** A load with what it cost. */
export interface Measured extends LoadResult {
  /** CPU of the candidate's process over the whole load, in microseconds a request; undefined without a process. */
  readonly cpuUsPerRequest: number | undefined;
}

/**
 * Puts load on a candidate and measures its process meanwhile.
 *
 * @throws {Error} when a request failed, or when not each one reached the upstream exactly once
 */
export async function measure(lab: Lab, running: Running, load: Load): Promise<Measured> {
  const { pid } = running;
  const callsBefore = await lab.upstreamCalls();
  const cpuBefore = pid === undefined ? 0 : cpuMs(pid);
  const result = await lab.load(running, load).result;
  await sleep(AFTERWORK_MS);
  const cpu = pid === undefined ? undefined : cpuMs(pid) - cpuBefore;
  const calls = (await lab.upstreamCalls()) - callsBefore;
  refuseBad(result, calls);
  return { ...result, cpuUsPerRequest: cpu === undefined ? undefined : (cpu * 1000) / result.requests };
}

function refuseBad({ requests, errors, statuses }: LoadResult, calls: number): void {
  if (requests === 0 || errors > 0)
    throw new Error(`${errors} of ${requests} requests failed: ${JSON.stringify(statuses)}`);
  if (calls !== requests) throw new Error(`${requests} requests, but ${calls} upstream calls.`);
}
