import { decimalToScaled, formatUsd, usdNumber } from '@onerouter/core';
import type { WireUsage } from '@onerouter/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers, embeds } from '../support/answers.ts';
import { CASES } from '../support/charging-cases.ts';
import { LONG } from '../support/usages.ts';
import { at, model, openGateway, PRICING, type Fields, type GatewayServer } from '../support/gateway.ts';

let server: GatewayServer;
beforeAll(async () => {
  const models = CASES.map(({ pricing = PRICING, discount, free }, index) =>
    model(`acme/case-${index}`, [
      free === true
        ? { provider: 'alpha', free }
        : {
            provider: 'alpha',
            pricing: pricing as typeof PRICING,
            ...(discount === undefined ? {} : { discount }),
          },
    ]),
  );
  server = await openGateway({ creditsUsd: '1000', models });
});
afterAll(() => server.close());

describe.each(['whole', 'stream'] as const)('what a %s answer costs', (form) => {
  it.each(CASES.map((one, index) => ({ ...one, index })))('$why: $cost', async (one) => {
    const { index, usage, texts = ['Hello'], n, images = 0, cost } = one;
    server.provider().play(answers(texts, usage as WireUsage | null));
    const before = await balance();
    const { id, shown } = await ask(form, {
      model: `acme/case-${index}`,
      ...(n === undefined ? {} : { n }),
      messages: [{ role: 'user', content: images === 0 ? 'Write.' : pictures(images) }],
    });
    const after = await balance();
    expect(formatUsd(after.totalUsage - before.totalUsage), 'charged').toBe(cost);
    expect(formatUsd(before.balance - after.balance), 'taken from the balance').toBe(cost);
    expect(at(shown, 'usage.cost'), 'usage.cost').toBe(Number(cost));
    expect(shown['cost'], 'cost').toBe(Number(cost));
    expect(at(shown, 'usage.usage_source')).toBe(
      usage === null || (n === 2 && cost === '0.00041') ? 'estimated' : 'provider',
    );
    expectParts(at(shown, 'cost_details') as Fields, Number(cost));
    const generation = await server.generation(id);
    expect(generation['total_cost'], 'total_cost').toBe(Number(cost));
    expect(sumOf(generation['lines'] as Line[]), 'lines').toBe(decimalToScaled(cost, 24));
    const credits = await server.get('/v1/credits');
    expect(at(credits.json, 'data.total_usage'), '/credits').toBe(usdNumber(after.totalUsage));
  });
});

describe('what else is charged', () => {
  it('legacy completions, with several prompts that the provider reports as one', async () => {
    server.provider().play(answers([LONG, LONG], { prompt_tokens: 10, completion_tokens: 1 }));
    const response = await server.post('/v1/completions', { model: 'acme/case-0', prompt: ['One', 'Two'] });
    expect(at(await response.json(), 'usage.cost')).toBe(0.00041);
  });

  it('embeddings, by their prompt alone', async () => {
    server.provider().play(embeds({ prompt_tokens: 8, completion_tokens: 0, total_tokens: 8 }));
    const response = await server.post('/v1/embeddings', { model: 'acme/case-1', input: 'Some text' });
    expect(at(await response.json(), 'usage.cost')).toBe(0.0000064);
  });
});

interface Line {
  readonly amount: string;
}

function sumOf(lines: readonly Line[]): bigint {
  return lines.reduce((sum, { amount }) => sum + decimalToScaled(amount, 24), 0n);
}

/** The parts are before rounding: together they are at most a nano-dollar below the cost. */
function expectParts(details: Fields, cost: number): void {
  const parts = Object.entries(details).filter(([name]) => name.endsWith('_cost'));
  const sum = parts.reduce((total, [, part]) => total + Number(part), 0);
  expect(cost - sum).toBeGreaterThan(-1e-12);
  expect(cost - sum).toBeLessThan(1e-9 + 1e-12);
}

async function balance(): Promise<{ balance: bigint; totalUsage: bigint }> {
  return server.store.ledger.balance(server.accounts[0] ?? '');
}

async function ask(form: 'whole' | 'stream', body: object): Promise<{ id: string | null; shown: Fields }> {
  const stream = form === 'stream';
  const headers = { 'cache-control': 'no-store' };
  const response = await server.chat({ ...body, stream, usage: { include: true } }, { headers });
  const id = response.headers.get('x-generation-id');
  const text = await response.text();
  expect(response.status, text).toBe(200);
  if (!stream) return { id, shown: JSON.parse(text) as Fields };
  const last = text.split('\n\n').findLast((event) => event.startsWith('data: {')) ?? '';
  expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  return { id, shown: JSON.parse(last.slice(6)) as Fields };
}

function pictures(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'image_url',
    image_url: { url: `https://example.com/${index}.png` },
  }));
}
