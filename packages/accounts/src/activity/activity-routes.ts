import { requireKind, type Sessions } from '@onerouter/auth';
import type { Ledger } from '@onerouter/billing';
import { principalSlot, type Log, type Principal } from '@onerouter/core';
import type { GenerationLog, SettlementFeed, UsageRollups } from '@onerouter/metering';
import { Router, type Request, type RequestHandler } from 'express';
import type { AccountsAndKeys } from '../account-store.ts';
import { readQuery } from '../read-query.ts';
import { storeFailures } from '../store-failures.ts';
import { takePrincipal } from '../take-principal.ts';
import { writeCsv } from './activity-csv.ts';
import { writeActivity, type ActivityRow } from './activity-rows.ts';
import { daysOf, timesOf } from './days.ts';
import { writeGenerationRow } from './generation-row.ts';
import { keyNames } from './key-names.ts';
import { LiveActivity, type LiveLimits } from './live/live-activity.ts';
import { liveRoute } from './live/live-route.ts';
import { activityQuery, generationsQuery, seriesQuery, type ActivityFilters } from './queries.ts';
import { rankSeries, writeSeries } from './series.ts';

export interface ActivityRoutesOptions {
  /** Where finished generations are listed and followed. */
  readonly generations: Pick<GenerationLog, 'list'> & SettlementFeed;
  /** Use by day. */
  readonly rollups: Pick<UsageRollups, 'daily'>;
  /** Where keys are looked up, for their names. */
  readonly accounts: Pick<AccountsAndKeys, 'find'>;
  /** Where balances are read. */
  readonly ledger: Pick<Ledger, 'balance'>;
  /** Ends a live stream when its session has ended, within some seconds. @default at `live.maxAgeMs` */
  readonly sessions?: Pick<Sessions, 'find'> | undefined;
  /** Limits of live streams. @default see `LiveLimits` */
  readonly live?: LiveLimits | undefined;
  /** Who calls. @default what `bearerAuth()` or `sessionAuth()` found */
  readonly principal?: ((req: Request) => Principal) | undefined;
  /** The clock in milliseconds since the epoch, for days by default. @default Date.now */
  readonly now?: (() => number) | undefined;
  /** Where failures of the store are reported. @default process warnings */
  readonly log?: Log | undefined;
}

/** The routes, and a way to end what they keep open. */
export interface ActivityRoutes extends Router {
  /** Ends every live stream: to be called before the server closes, which waits for them otherwise. */
  close(): void;
}

/**
 * What an account used, for sessions and management keys: `GET /activity`, `/activity/series`, `/activity.csv`,
 * `/generations`, `/generations/live`. Everything else passes. While the store fails they answer 503 `unavailable`.
 */
export function activityRoutes(options: ActivityRoutesOptions): ActivityRoutes {
  const router = Router();
  const live = new LiveActivity(options);
  const guard = requireKind('management', 'session');
  const paths = ['/activity', '/activity/series', '/activity.csv', '/generations', '/generations/live'];
  router.get(paths, takePrincipal(options.principal), guard);
  router.get('/activity', getActivity(options));
  router.get('/activity.csv', getCsv(options));
  router.get('/activity/series', getSeries(options));
  router.get('/generations/live', liveRoute(live, options));
  router.get('/generations', getGenerations(options));
  router.use(storeFailures(options.log ? { log: options.log } : {}));
  return Object.assign(router, { close: () => live.close() });
}

function getActivity(options: ActivityRoutesOptions): RequestHandler {
  return async function getActivity(req, res) {
    const { rows } = await readActivity(options, req);
    res.json({ data: rows });
  };
}

function getCsv(options: ActivityRoutesOptions): RequestHandler {
  return async function getCsv(req, res) {
    const { rows, byKey, from, to } = await readActivity(options, req);
    res.attachment(`activity-${from}-${to}.csv`).type('text/csv').send(writeCsv(rows, byKey));
  };
}

async function readActivity(
  { rollups, accounts, now = Date.now }: ActivityRoutesOptions,
  req: Request,
): Promise<{ rows: readonly ActivityRow[]; byKey: boolean; from: string; to: string }> {
  const { accountId } = principalSlot.get(req);
  const query = readQuery(req, activityQuery);
  const days = daysOf(query, now());
  const byKey = query.group_by === 'api_key';
  const own = [query.user_id, query.workspace_id].every((id) => id === undefined || id === accountId);
  const by = byKey ? (['model', 'provider', 'keyId'] as const) : (['model', 'provider'] as const);
  const usages = own ? await rollups.daily(accountId, { ...days, ...filtersOf(query), by }) : [];
  const names = await keyNames(accounts, accountId, byKey ? usages.map(({ keyId }) => keyId) : []);
  const workspaceId = query.group_by === 'workspace' ? accountId : undefined;
  return { rows: writeActivity(usages, { byKey, names, workspaceId }), byKey, ...days };
}

function getSeries({ rollups, accounts, now = Date.now }: ActivityRoutesOptions): RequestHandler {
  return async function getSeries(req, res) {
    const { accountId } = principalSlot.get(req);
    const query = readQuery(req, seriesQuery);
    const days = daysOf(query, now());
    const by = [query.by === 'key' ? 'keyId' : query.by] as const;
    const usages = await rollups.daily(accountId, { ...days, ...filtersOf(query), by });
    const series = rankSeries(usages, query.by);
    const ids = series.map(({ id }) => id);
    const names = query.by === 'key' ? await keyNames(accounts, accountId, ids) : undefined;
    res.json({ data: writeSeries(series, days, names) });
  };
}

function getGenerations({ generations, accounts }: ActivityRoutesOptions): RequestHandler {
  return async function getGenerations(req, res) {
    const { accountId } = principalSlot.get(req);
    const query = readQuery(req, generationsQuery);
    const { limit, status, cursor: before } = query;
    // One more than is shown says whether there are more.
    const found = await generations.list({
      accountId,
      ...filtersOf(query),
      ...timesOf(query),
      status,
      before,
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const names = await keyNames(
      accounts,
      accountId,
      page.map(({ keyId }) => keyId),
    );
    res.json({
      data: page.map((generation) => writeGenerationRow(generation, names)),
      next_cursor: found.length > limit ? (page.at(-1)?.id ?? null) : null,
    });
  };
}

function filtersOf({ model, provider, api_key_hash: keyId }: ActivityFilters): {
  readonly model: string | undefined;
  readonly provider: string | undefined;
  readonly keyId: string | undefined;
} {
  return { model, provider, keyId };
}
