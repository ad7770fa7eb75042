import { requestData } from './request.ts';

export interface Generation {
  readonly id: string;
  readonly status?: string;
  readonly model: string;
  readonly provider_name: string | null;
  readonly tokens_prompt: number | null;
  readonly tokens_completion: number | null;
  /** USD. */
  readonly total_cost: number | null;
}

const TRIES = 6;
const PAUSE_MS = 400;

/** The record of an exchange once it is settled; `undefined` where that takes too long. */
export async function settledGeneration(id: string): Promise<Generation | undefined> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const found = await requestData<Generation>('/generation', { query: { id } }).catch(() => undefined);
    if (found && found.status !== 'pending') return found;
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  }
  return undefined;
}
