import { formatUsd, usdNumber } from '@onerouter/core';
import { addUsage, type DailyUsage } from '@onerouter/metering';
import type { KeyNames } from './key-names.ts';

/** How rows are to be told apart beyond date, model and provider. */
export interface RowOptions {
  /** A row for each key too. @default false */
  readonly byKey: boolean;
  readonly names: KeyNames;
  /** Shown in each row when given. */
  readonly workspaceId?: string | undefined;
}

/** A row of `GET /activity`: OpenRouter's fields, the exact amount, and the key where rows are told apart by it. */
export interface ActivityRow {
  readonly date: string;
  readonly model: string;
  readonly model_permaslug: string;
  readonly endpoint_id: string;
  readonly provider_name: string;
  readonly requests: number;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly reasoning_tokens: number;
  readonly usage: number;
  readonly byok_usage_inference: number;
  readonly usage_usd: string;
  readonly api_key_hash?: string;
  readonly api_key_name?: string | null;
  readonly workspace_id?: string;
}

/** Rows of activity, the newest day first, then by model, provider and key. */
export function writeActivity(usages: readonly DailyUsage[], options: RowOptions): readonly ActivityRow[] {
  const rows = new Map<string, DailyUsage>();
  for (const usage of usages) {
    const { day, model, provider } = usage;
    const keyId = options.byKey ? usage.keyId : '';
    const name = JSON.stringify([day, model, provider, keyId]);
    const known = rows.get(name);
    rows.set(name, known ? { ...known, ...addUsage(known, usage) } : { ...usage, keyId });
  }
  return [...rows.values()].toSorted(inOrder).map((row) => writeRow(row, options));
}

function writeRow(row: DailyUsage, { byKey, names, workspaceId }: RowOptions): ActivityRow {
  return {
    date: row.day,
    model: row.model,
    model_permaslug: row.model,
    endpoint_id: row.provider === '' ? '' : `${row.provider}/${row.model}`,
    provider_name: row.provider,
    requests: row.requests,
    prompt_tokens: row.promptTokens,
    completion_tokens: row.completionTokens,
    reasoning_tokens: row.reasoningTokens,
    usage: usdNumber(row.cost),
    byok_usage_inference: 0,
    usage_usd: formatUsd(row.cost),
    ...(byKey && { api_key_hash: row.keyId, api_key_name: names.get(row.keyId) ?? null }),
    ...(workspaceId !== undefined && { workspace_id: workspaceId }),
  };
}

function inOrder(a: DailyUsage, b: DailyUsage): number {
  return (
    compare(b.day, a.day) ||
    compare(a.model, b.model) ||
    compare(a.provider, b.provider) ||
    compare(a.keyId, b.keyId)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
