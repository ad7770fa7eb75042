import { requireKind } from '@onerouter/auth';
import { GatewayError, parseUsd, principalSlot, readJsonBody, type Nanos } from '@onerouter/core';
import { Router, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import type { Account, AccountPatch, AccountStore } from '../account-store.ts';
import { MAX_LIMIT_USD } from '../key-requests.ts';
import { writeProfile } from './profile.ts';

export interface AccountSettingsOptions {
  readonly accounts: Pick<AccountStore, 'findAccount' | 'updateAccount' | 'listKeys'>;
  /** Called with the hash of each key that a change of the account concerns. @default nothing */
  readonly onKeyChange?: ((hash: string) => void) | undefined;
}

const KEYS_AT_ONCE = 100;

const threshold = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,9})?$/, 'must be an amount in USD such as "5.00"')
  .transform((text) => parseUsd(text))
  .refine((nanos) => nanos <= parseUsd(MAX_LIMIT_USD), 'is too much')
  .meta({ description: 'Told when less than this is available, in USD.', examples: ['5.00'] });
const webhook = z
  .string()
  .max(2048)
  .refine(isWebhook, 'must be an https:// URL without a user name')
  .meta({ description: 'What is told by a POST.' });

/** Body of `PATCH /account`. Absent fields stay. */
export interface UpdateAccountRequest {
  readonly allow_training?: boolean | undefined;
  readonly alerts?:
    | {
        readonly threshold_usd: Nanos;
        readonly email?: boolean | undefined;
        readonly webhook_url?: string | null | undefined;
      }
    | null
    | undefined;
}

/** Checks `PATCH /account`. */
export const updateAccountRequest: z.ZodType<UpdateAccountRequest> = z
  .strictObject({
    allow_training: z.boolean().optional(),
    alerts: z
      .strictObject({
        threshold_usd: threshold,
        email: z.boolean().optional(),
        webhook_url: webhook.nullish(),
      })
      .nullish()
      .meta({ description: 'How to tell that credits run low; null for not at all.' }),
  })
  .meta({ id: 'UpdateAccountRequest' });

/** `GET` and `PATCH /account`, for signed-in people and management keys. */
export function accountSettings(options: AccountSettingsOptions): Router {
  const router = Router();
  const kinds = requireKind('session', 'management');
  router.route('/account').get(kinds, getAccount(options)).patch(kinds, updateAccount(options));
  return router;
}

function getAccount({ accounts }: AccountSettingsOptions): RequestHandler {
  return async function getAccount(req, res) {
    res.json({ data: writeProfile(await ownAccount(accounts, req)) });
  };
}

function updateAccount({ accounts, onKeyChange }: AccountSettingsOptions): RequestHandler {
  return async function updateAccount(req, res) {
    const { accountId } = principalSlot.get(req);
    const patch = toPatch(await readJsonBody(req, updateAccountRequest));
    const account = await accounts.updateAccount(accountId, patch);
    if (!account) throw noAccount();
    // Keys are remembered with their account's privacy toggle.
    if (onKeyChange && patch.allowTraining !== undefined) {
      for await (const hash of keysOf(accounts, accountId)) onKeyChange(hash);
    }
    res.json({ data: writeProfile(account) });
  };
}

async function* keysOf(accounts: Pick<AccountStore, 'listKeys'>, accountId: string): AsyncGenerator<string> {
  for (let offset = 0; ; offset += KEYS_AT_ONCE) {
    const keys = await accounts.listKeys(accountId, { offset, limit: KEYS_AT_ONCE });
    for (const { hash } of keys) yield hash;
    if (keys.length < KEYS_AT_ONCE) return;
  }
}

function toPatch({ allow_training: allowTraining, alerts }: UpdateAccountRequest): AccountPatch {
  return {
    ...(allowTraining !== undefined && { allowTraining }),
    ...(alerts === null && { alerts }),
    ...(alerts && {
      alerts: {
        threshold: alerts.threshold_usd,
        email: alerts.email ?? true,
        webhookUrl: alerts.webhook_url ?? null,
      },
    }),
  };
}

/** @throws {GatewayError} `not_found` when the caller's account is gone */
export async function ownAccount(
  accounts: Pick<AccountStore, 'findAccount'>,
  req: Request,
): Promise<Account> {
  const account = await accounts.findAccount(principalSlot.get(req).accountId);
  if (!account) throw noAccount();
  return account;
}

function noAccount(): GatewayError {
  return new GatewayError('not_found', 'This account is gone.');
}

function isWebhook(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '';
}
