import { activityRoutes, memoryAccounts } from '@onerouter/accounts';
import { errorResponder } from '@onerouter/core';
import { serve } from '@onerouter/core/testing';
import express from 'express';
import { ACCOUNT } from './people.ts';
import { questions } from './questions.ts';
import type { ActivityStore } from './stores.ts';

/** How long each question took, and how many rows came. */
export interface Asked {
  readonly name: string;
  readonly medianMs: number;
  readonly worstMs: number;
  readonly rows: number;
}

/** Asks every question over HTTP, one after the other. */
export async function askAll(store: ActivityStore, endAt: number, times: number): Promise<readonly Asked[]> {
  const app = express();
  const routes = activityRoutes({
    ...store,
    accounts: memoryAccounts(),
    now: () => endAt,
    principal: () => ({
      kind: 'session',
      accountId: ACCOUNT,
      keyId: 'session',
      keyName: '',
      keyLabel: '',
      keyLimit: null,
      keyLimitReset: null,
      allowTraining: false,
    }),
  });
  app.use(routes, errorResponder());
  const server = await serve(app);
  const asked: Asked[] = [];
  for (const [name, path] of Object.entries(questions(endAt))) {
    const took: number[] = [];
    let rows = 0;
    for (let n = 0; n < times; n += 1) {
      const startedAt = performance.now();
      const answer = await fetch(server.url + path);
      const text = await answer.text();
      took.push(performance.now() - startedAt);
      if (answer.status !== 200) throw new Error(`${path}: ${text}`);
      rows = count(text);
    }
    const sorted = took.toSorted((a, b) => a - b);
    asked.push({ name, medianMs: sorted[times >> 1] ?? 0, worstMs: sorted.at(-1) ?? 0, rows });
  }
  routes.close();
  await server.close();
  return asked;
}

function count(text: string): number {
  if (!text.startsWith('{')) return text.split('\n').length - 2;
  const { data } = JSON.parse(text) as { data: readonly unknown[] | { readonly series: readonly unknown[] } };
  return 'series' in data ? data.series.length : data.length;
}
