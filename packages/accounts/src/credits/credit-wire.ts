import type { LedgerEntry, Statement } from '@onerouter/billing';
import { formatUsd } from '@onerouter/core';

/** An account's statement as `creditBalance` describes it. */
export function writeStatement(statement: Statement): Record<string, unknown> {
  const { balance, reserved, available, totalCredits, totalUsage, lots } = statement;
  return {
    balance_usd: formatUsd(balance),
    reserved_usd: formatUsd(reserved),
    available_usd: formatUsd(available),
    total_credits_usd: formatUsd(totalCredits),
    total_usage_usd: formatUsd(totalUsage),
    lots: lots.map(({ id, amount, left, expiresAt }) => ({
      id,
      amount_usd: formatUsd(amount),
      remaining_usd: formatUsd(left),
      expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    })),
  };
}

/** An entry as `creditEntry` describes it. */
export function writeEntry({ id, kind, amount, at, note }: LedgerEntry): Record<string, unknown> {
  return { id, kind, amount_usd: formatUsd(amount), at: new Date(at).toISOString(), note };
}
