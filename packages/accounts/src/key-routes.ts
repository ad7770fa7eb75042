import { hashKey, keyLabel, newApiKey, type KeyRecord } from '@onerouter/auth';
import type { Ledger } from '@onerouter/billing';
import { GatewayError, principalSlot } from '@onerouter/core';
import { Router, type Request, type RequestHandler } from 'express';
import type { AccountsAndKeys, KeyPatch } from './account-store.ts';
import { readJsonBody } from './json-body.ts';
import { createKeyRequest, updateKeyRequest, type UpdateKeyRequest } from './key-requests.ts';
import { writeKey } from './key-wire.ts';

export interface KeyRoutesOptions {
  readonly accounts: AccountsAndKeys;
  readonly ledger: Pick<Ledger, 'keyUsage'>;
  /** Called with a key's hash after every change of it. @default nothing */
  readonly onKeyChange?: (hash: string) => void;
}

/** Administration of an account's API keys; management keys are not shown and cannot be changed here. */
export function keyRoutes(options: KeyRoutesOptions): Router {
  const router = Router();
  router.route('/').get(listKeys(options)).post(createKey(options));
  router.route('/:hash').get(getKey(options)).patch(updateKey(options)).delete(deleteKey(options));
  return router;
}

function listKeys({ accounts, ledger }: KeyRoutesOptions): RequestHandler {
  return async function listKeys(req, res) {
    const { accountId } = principalSlot.get(req);
    const records = await accounts.listKeys(accountId, {
      kind: 'api',
      includeDisabled: req.query['include_disabled'] === 'true',
      offset: readOffset(req),
    });
    res.json({ data: await Promise.all(records.map((record) => show(ledger, record))) });
  };
}

function createKey({ accounts, ledger, onKeyChange }: KeyRoutesOptions): RequestHandler {
  return async function createKey(req, res) {
    const { accountId } = principalSlot.get(req);
    const asked = await readJsonBody(req, createKeyRequest);
    const key = newApiKey();
    const record = await accounts.createKey({
      hash: hashKey(key),
      kind: 'api',
      accountId,
      name: asked.name,
      label: keyLabel(key),
      disabled: false,
      limit: asked.limit ?? null,
      limitReset: asked.limit_reset ?? null,
      expiresAt: asked.expires_at ?? null,
      createdAt: Date.now(),
      updatedAt: null,
    });
    onKeyChange?.(record.hash);
    res.setHeader('Cache-Control', 'no-store');
    res.status(201).json({ data: await show(ledger, record), key });
  };
}

function getKey({ accounts, ledger }: KeyRoutesOptions): RequestHandler {
  return async function getKey(req, res) {
    res.json({ data: await show(ledger, await ownApiKey(accounts, req)) });
  };
}

function updateKey({ accounts, ledger, onKeyChange }: KeyRoutesOptions): RequestHandler {
  return async function updateKey(req, res) {
    const { accountId, hash } = await ownApiKey(accounts, req);
    const patch = toPatch(await readJsonBody(req, updateKeyRequest));
    const changed = await accounts.updateKey(accountId, hash, patch, Date.now());
    onKeyChange?.(hash);
    if (!changed) throw noSuchKey();
    res.json({ data: await show(ledger, changed) });
  };
}

function deleteKey({ accounts, onKeyChange }: KeyRoutesOptions): RequestHandler {
  return async function deleteKey(req, res) {
    const { accountId, hash } = await ownApiKey(accounts, req);
    const deleted = await accounts.deleteKey(accountId, hash);
    onKeyChange?.(hash);
    if (!deleted) throw noSuchKey();
    res.json({ deleted: true });
  };
}

async function ownApiKey(accounts: AccountsAndKeys, req: Request): Promise<KeyRecord> {
  const { hash } = req.params;
  const record = typeof hash === 'string' ? await accounts.find(hash) : undefined;
  if (record?.accountId !== principalSlot.get(req).accountId || record.kind !== 'api') throw noSuchKey();
  return record;
}

async function show(ledger: Pick<Ledger, 'keyUsage'>, record: KeyRecord): Promise<Record<string, unknown>> {
  return writeKey(record, await ledger.keyUsage(record.accountId, record.hash));
}

function toPatch(asked: UpdateKeyRequest): KeyPatch {
  return {
    ...(asked.name !== undefined && { name: asked.name }),
    ...(asked.disabled !== undefined && { disabled: asked.disabled }),
    ...(asked.limit !== undefined && { limit: asked.limit }),
    ...(asked.limit_reset !== undefined && { limitReset: asked.limit_reset }),
  };
}

function readOffset(req: Request): number {
  const text = req.query['offset'] ?? '0';
  if (typeof text === 'string' && /^\d{1,9}$/.test(text)) return Number(text);
  throw new GatewayError('invalid_request', 'offset must be a whole number, 0 or more.', { param: 'offset' });
}

function noSuchKey(): GatewayError {
  return new GatewayError('not_found', 'This account has no API key with that hash.', { param: 'hash' });
}
