import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isRead } from './book-rows.ts';

type StatementName =
  | 'account'
  | 'accountByEmail'
  | 'accountByIdentity'
  | 'listAccounts'
  | 'countAccounts'
  | 'createAccount'
  | 'updateAccount'
  | 'linkIdentity'
  | 'key'
  | 'listKeys'
  | 'createKey'
  | 'updateKey'
  | 'deleteKey';

/** The statements of accounts and keys, prepared once. */
export type AccountStatements = Readonly<Record<StatementName, StatementSync>>;

const KEY_COLUMNS = `
  keys.hash, keys.account, keys.kind, keys.name, keys.label, keys.disabled, keys.spend_limit, keys.limit_reset,
  keys.expires_at, keys.created_at, keys.updated_at, accounts.allow_training
  FROM keys JOIN accounts ON accounts.id = keys.account`;

const ACCOUNTS = `
  SELECT accounts.*, (
    SELECT json_group_array(json_object('provider', provider, 'subject', subject))
    FROM (SELECT provider, subject FROM identities WHERE account = accounts.id ORDER BY position)
  ) AS identities FROM accounts`;

const SQL: Readonly<Record<StatementName, string>> = {
  account: `${ACCOUNTS} WHERE id = ?`,
  accountByEmail: `${ACCOUNTS} WHERE email = ?`,
  accountByIdentity: `${ACCOUNTS} WHERE id = (SELECT account FROM identities WHERE provider = ? AND subject = ?)`,
  listAccounts: `${ACCOUNTS} WHERE id > ? AND (instr(email, ?) > 0 OR id = ?) ORDER BY id LIMIT ?`,
  countAccounts: 'SELECT count(*) AS accounts FROM accounts',
  createAccount: `INSERT OR IGNORE INTO accounts
    (id, email, email_verified, password_hash, allow_training, created_at, role,
     alert_threshold, alert_email, alert_webhook)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  updateAccount: `UPDATE accounts SET email_verified = ?, password_hash = ?, allow_training = ?, role = ?, alert_threshold = ?,
    alert_email = ?, alert_webhook = ? WHERE id = ?`,
  linkIdentity: 'INSERT INTO identities (account, provider, subject) VALUES (?, ?, ?)',
  key: `SELECT ${KEY_COLUMNS} WHERE keys.hash = ?`,
  listKeys: `SELECT ${KEY_COLUMNS}
    WHERE keys.account = ? AND (? = 1 OR keys.disabled = 0) AND (? IS NULL OR keys.kind = ?)
    ORDER BY keys.created_at DESC, keys.hash LIMIT ? OFFSET ?`,
  createKey: `INSERT INTO keys
    (hash, account, kind, name, label, disabled, spend_limit, limit_reset, expires_at, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  updateKey: `UPDATE keys
    SET name = ?, disabled = ?, spend_limit = ?, limit_reset = ?, expires_at = ?, updated_at = ? WHERE hash = ?`,
  deleteKey: 'DELETE FROM keys WHERE hash = ? AND account = ?',
};

export function accountStatements(db: DatabaseSync): AccountStatements {
  const entries = Object.entries(SQL).map(([name, sql]) => {
    const statement = db.prepare(sql);
    if (isRead(sql)) statement.setReadBigInts(true);
    return [name, statement];
  });
  return Object.fromEntries(entries) as AccountStatements;
}
