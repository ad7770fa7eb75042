import { refuse, scriptedProvider, whole, type Script, type ScriptedProvider } from '@onerouter/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { start, type Running } from '../src/main.ts';

const DEAR = { prompt: '0.000002', completion: '0.000002' };
const CHEAP = { prompt: '0.000001', completion: '0.000001' };

/** What is assumed of the dear one, before it is asked. */
const UNMEASURED_MS = 20;

/** By more than the price makes up for. */
const slow: Script = async (res, call) => {
  await new Promise((resolve) => setTimeout(resolve, 3 * UNMEASURED_MS));
  await whole('Slow.')(res, call);
};

describe('a strategy of price × latency', () => {
  const open: (ScriptedProvider | Running)[] = [];
  afterEach(async () => {
    for (const one of open.splice(0).toReversed()) await one.close();
  });

  /** Asks so many times, and names who answered. */
  async function ask(cheap: Script, dear: Script, hour: number, times: number): Promise<readonly string[]> {
    const providers = { cheap: await scriptedProvider(cheap), dear: await scriptedProvider(dear) };
    const running = await start({
      port: 0,
      hour: () => hour,
      unmeasuredMs: UNMEASURED_MS,
      providers: { cheap: { baseUrl: providers.cheap.url }, dear: { baseUrl: providers.dear.url } },
      models: [
        {
          id: 'acme/writer',
          endpoints: [
            { provider: 'dear', model: 'w', pricing: DEAR },
            { provider: 'cheap', model: 'w', pricing: CHEAP },
          ],
        },
      ],
    });
    open.push(providers.cheap, providers.dear, running);
    const answered: string[] = [];
    for (let n = 0; n < times; n += 1) {
      const response = await fetch(`${running.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'writer', messages: [{ role: 'user', content: 'Hello' }] }),
      });
      answered.push(((await response.json()) as { provider: string }).provider);
    }
    return answered;
  }

  it('tries the cheap one first, and leaves it when it proves too slow', async () => {
    expect(await ask(slow, whole('Quick.'), 12, 2)).toEqual(['cheap', 'dear']);
  });

  it('stays with the cheap one by night', async () => {
    expect(await ask(slow, whole('Quick.'), 23, 2)).toEqual(['cheap', 'cheap']);
  });

  it('goes on to the other when one fails', async () => {
    expect(await ask(refuse(503), whole('Here.'), 12, 2)).toEqual(['dear', 'dear']);
  });
});
