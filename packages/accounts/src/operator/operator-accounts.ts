import { randomUUID } from 'node:crypto';
import { EntryMismatchError, type Balance, type Ledger } from '@onerouter/billing';
import { formatUsd, GatewayError, readJsonBody } from '@onerouter/core';
import type { Request, RequestHandler } from 'express';
import type { Account, AccountStore } from '../account-store.ts';
import { writeEntry } from '../credits/credit-wire.ts';
import { grantNote } from '../credits/grant-note.ts';
import { readQuery } from '../read-query.ts';
import { operatorOf } from './operator-guard.ts';
import { accountsQuery, grantRequest } from './operator-shapes.ts';

/** Entries that an account is shown with. */
const LATEST_ENTRIES = 50;

export interface OperatorAccountsOptions {
  readonly accounts: Pick<AccountStore, 'findAccount' | 'listAccounts'>;
  readonly ledger: Pick<Ledger, 'balance' | 'history' | 'credit'>;
}

export function listAccounts({ accounts, ledger }: OperatorAccountsOptions): RequestHandler {
  return async function listAccounts(req, res) {
    const { limit, query, cursor } = readQuery(req, accountsQuery);
    const found = await accounts.listAccounts({ query, after: cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    const data = await Promise.all(
      page.map(async (account) => writeAccount(account, await ledger.balance(account.id))),
    );
    res.json({ data, next_cursor: found.length > limit ? (page.at(-1)?.id ?? null) : null });
  };
}

export function getAccount(options: OperatorAccountsOptions): RequestHandler {
  return async function getAccount(req, res) {
    const { ledger } = options;
    const account = await accountOf(options, req);
    const [balance, entries] = await Promise.all([
      ledger.balance(account.id),
      ledger.history(account.id, { limit: LATEST_ENTRIES }),
    ]);
    res.json({ data: { ...writeAccount(account, balance), entries: entries.map(writeEntry) } });
  };
}

export function grantCredits(options: OperatorAccountsOptions): RequestHandler {
  return async function grantCredits(req, res) {
    const { id: accountId } = await accountOf(options, req);
    const { amount_usd: amount, note, id = randomUUID() } = await readJsonBody(req, grantRequest);
    const entryId = `grant:${accountId}:${id}`;
    const { balance } = await options.ledger
      .credit({
        entryId,
        account: accountId,
        amount,
        kind: 'grant',
        note: grantNote(operatorOf(req).email, note),
      })
      .catch(refuseOtherAmount);
    res.status(201).json({
      data: { entry_id: entryId, amount_usd: formatUsd(amount), balance_usd: formatUsd(balance) },
    });
  };
}

async function accountOf({ accounts }: OperatorAccountsOptions, req: Request): Promise<Account> {
  const { id } = req.params;
  const account = typeof id === 'string' ? await accounts.findAccount(id) : undefined;
  if (!account) throw new GatewayError('not_found', 'There is no account with that id.', { param: 'id' });
  return account;
}

function refuseOtherAmount(error: unknown): never {
  if (!(error instanceof EntryMismatchError)) throw error;
  throw new GatewayError('conflict', 'There is a grant with that id already, of another amount.', {
    param: 'id',
    cause: error,
  });
}

function writeAccount(account: Account, balance: Balance): Record<string, unknown> {
  const { id, email, role, createdAt } = account;
  return {
    id,
    email,
    role,
    created_at: new Date(createdAt).toISOString(),
    balance_usd: formatUsd(balance.balance),
    available_usd: formatUsd(balance.available),
    total_usage_usd: formatUsd(balance.totalUsage),
  };
}
