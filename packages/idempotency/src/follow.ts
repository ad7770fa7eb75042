import { GatewayError } from '@onerouter/core';
import { notKept } from './refusals.ts';
import type { Replay } from './replay.ts';
import type { Landing, Run } from './run.ts';

/**
 * Waits for a request that runs in this process, sending what it streams as it comes.
 *
 * @returns `answered` when the response is ended, `alone` when the other one ended without answer or error
 * @throws {GatewayError} what the other one failed with, as long as nothing was sent
 */
export function follow(run: Run, replay: Replay): Promise<'answered' | 'alone'> {
  replay.exchange.takeOver();
  return new Promise((resolve, reject) => {
    let leave: (() => void) | undefined;
    const finish = (act: Promise<void>): void => {
      act.then(() => resolve('answered'), reject);
    };
    const stopWatching = replay.exchange.onAbandoned(() => {
      leave?.();
      finish(replay.cancel());
    });
    if (replay.exchange.abandoned) return;
    leave = run.join({
      chunk: (text) => replay.write(run.generationId, text),
      land: (landing) => {
        stopWatching();
        if (landing.end === 'answered') return finish(replay.finish(landing.recorded, landing.answer));
        const error = errorOf(landing, replay.begun);
        if (replay.begun && error) return finish(replay.breakOff(run.generationId, error));
        if (error) return reject(error);
        resolve('alone');
      },
    });
  });
}

function errorOf(landing: Landing, begun: boolean): GatewayError | undefined {
  if (landing.end === 'not_kept') return notKept();
  if (landing.end === 'failed' && landing.error) return landing.error;
  return begun
    ? new GatewayError('provider_unavailable', 'The answer was broken off. Retry the request.')
    : undefined;
}
