import { errorResponder, GatewayError } from '@onerouter/core';
import express, { Router } from 'express';

const DAY = '2026-11-12T08:00:00.000Z';
const PAGE = 25;

/** What operators see, as the API has it, in memory. */
export class FakeOperator {
  /** What grants were asked for. */
  readonly grants: unknown[] = [];
  accounts: Record<string, unknown>[] = Array.from({ length: 60 }, (_unused, index) => account(index));

  routes(): Router {
    const router = Router();
    router.use('/operator', express.json());
    router.get('/operator/totals', (_req, res) => void res.json({ data: TOTALS }));
    router.get('/operator/providers', (_req, res) => void res.json({ data: PROVIDERS }));
    router.get('/operator/accounts', (req, res) => {
      const { query = '', cursor } = req.query as { query?: string; cursor?: string };
      const found = this.accounts.filter(({ email }) => String(email).includes(query));
      const from = Number(cursor ?? 0);
      const next = from + PAGE < found.length ? String(from + PAGE) : null;
      res.json({ data: found.slice(from, from + PAGE), next_cursor: next });
    });
    router.get('/operator/accounts/:id', (req, res) => {
      const one = this.accounts.find(({ id }) => id === req.params.id);
      if (!one) throw new GatewayError('not_found', 'There is no such account.');
      res.json({ data: { ...one, entries: one['entries'] ?? ENTRIES } });
    });
    router.post('/operator/accounts/:id/grants', (req, res) => {
      this.grants.push(req.body);
      res.status(201).json({ data: { entry_id: 'grant-1', amount_usd: '2.5', balance_usd: '12.5' } });
    });
    router.use(errorResponder());
    return router;
  }
}

const TOTALS = {
  accounts: 60,
  balance_usd: '1234.567890123',
  reserved_usd: '0.042',
  credits_usd: '5000',
  usage_usd: '3765.432109877',
  today: { requests: 1204, cost_usd: '12.345678901' },
  last_30_days: { requests: 48_211, cost_usd: '912.4' },
};

const HEALTHY = {
  model: 'acme/writer-1',
  upstream_model: 'writer-1-2026',
  status: 0,
  uptime_last_5m: 100,
  uptime_last_30m: 99.82,
  uptime_last_1d: 99.9,
  latency_p50: 412,
  throughput_p50: 71.4,
  breaker: 'closed',
};

const PROVIDERS = [
  { provider: 'alpha', endpoints: [HEALTHY, { ...HEALTHY, model: 'acme/painter-1' }] },
  {
    provider: 'beta',
    endpoints: [HEALTHY, { ...HEALTHY, status: -2, uptime_last_5m: 12.5, breaker: 'open' }],
  },
  {
    provider: 'gamma',
    endpoints: [
      {
        ...HEALTHY,
        uptime_last_5m: null,
        uptime_last_30m: null,
        uptime_last_1d: null,
        latency_p50: null,
        throughput_p50: null,
      },
    ],
  },
];

const ENTRIES = [
  { id: 'grant-0', kind: 'grant', amount_usd: '10', at: DAY, note: 'Sorry for Tuesday (op@example.com)' },
  { id: 'top-1', kind: 'top_up', amount_usd: '5.000000001', at: DAY, note: null },
  { id: 'refund-1', kind: 'refund', amount_usd: '-1.25', at: DAY, note: null },
];

function account(index: number): Record<string, unknown> {
  return {
    id: `acc-${String(index).padStart(3, '0')}`,
    email: `person-${index}@example.com`,
    role: index === 0 ? 'operator' : 'user',
    created_at: DAY,
    balance_usd: '10.000000001',
    available_usd: '9.5',
    total_usage_usd: '3.21',
  };
}
