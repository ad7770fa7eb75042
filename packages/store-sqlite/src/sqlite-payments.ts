import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DEFAULT_PAYMENTS_PAGE } from '@onerouter/billing';
import type { Payment, PaymentReference, PaymentStore } from '@onerouter/billing';
import { text } from './book-rows.ts';
import { readPayer, readPayment, writeRecord } from './payment-rows.ts';

const ADD = `
  INSERT OR IGNORE INTO payments (id, account, version, created_at, checkout_id, intent_id, charge_id, data)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
const FIND = 'SELECT data FROM payments WHERE id = ?';
const REPLACE = `
  UPDATE payments SET version = ?, checkout_id = ?, intent_id = ?, charge_id = ?, data = ?
    WHERE id = ? AND version = ?`;
const LIST = `
  SELECT data FROM payments WHERE account = ? AND (created_at, id) < (?, ?)
    ORDER BY created_at DESC, id DESC LIMIT ?`;
const FIND_PAYER = 'SELECT data FROM payers WHERE account = ?';
const ADD_PAYER = 'INSERT OR IGNORE INTO payers (account, version, due_at, data) VALUES (?, ?, ?, ?)';
const REPLACE_PAYER = 'UPDATE payers SET version = ?, due_at = ?, data = ? WHERE account = ? AND version = ?';
const DUE = 'SELECT account FROM payers WHERE due_at <= ? ORDER BY due_at LIMIT ?';

const COLUMNS: Readonly<Record<PaymentReference, string>> = {
  checkoutId: 'checkout_id',
  intentId: 'intent_id',
  chargeId: 'charge_id',
};

/** Payments and payers. A record is written whole, on condition of the version it was read at. */
export function sqlitePayments(db: DatabaseSync): PaymentStore {
  const add = db.prepare(ADD);
  const find = db.prepare(FIND);
  const replace = db.prepare(REPLACE);
  const list = db.prepare(LIST);
  const findPayer = db.prepare(FIND_PAYER);
  const addPayer = db.prepare(ADD_PAYER);
  const replacePayer = db.prepare(REPLACE_PAYER);
  const due = db.prepare(DUE);
  const byReference = Object.fromEntries(
    Object.entries(COLUMNS).map(([reference, column]) => [
      reference,
      db.prepare(`SELECT data FROM payments WHERE ${column} = ?`),
    ]),
  ) as Readonly<Record<PaymentReference, StatementSync>>;
  return {
    async addPayment(payment) {
      const { id, account, version, createdAt, checkoutId, intentId, chargeId } = payment;
      add.run(id, account, version, createdAt, checkoutId, intentId, chargeId, writeRecord(payment));
      return one(find, id) ?? payment;
    },
    async findPayment(id) {
      return one(find, id);
    },
    async findPaymentBy(reference, value) {
      return one(byReference[reference], value);
    },
    async replacePayment(payment) {
      const { id, version, checkoutId, intentId, chargeId } = payment;
      const data = writeRecord(payment);
      const { changes } = replace.run(version, checkoutId, intentId, chargeId, data, id, version - 1);
      return changes === 1;
    },
    async listPayments(account, { limit = DEFAULT_PAYMENTS_PAGE, after } = {}) {
      const { createdAt, id } = after ?? { createdAt: Number.MAX_SAFE_INTEGER, id: '' };
      return list.all(account, createdAt, id, limit).map((row) => readPayment(text(row, 'data')));
    },
    async findPayer(account) {
      const row = findPayer.get(account);
      return row && readPayer(text(row, 'data'));
    },
    async writePayer(payer) {
      const { account, version, dueAt } = payer;
      const data = writeRecord(payer);
      const { changes } =
        version === 1
          ? addPayer.run(account, version, dueAt, data)
          : replacePayer.run(version, dueAt, data, account, version - 1);
      return changes === 1;
    },
    async payersDue(before, limit) {
      return due.all(before, limit).map((row) => text(row, 'account'));
    },
  };
}

function one(statement: StatementSync, value: string): Payment | undefined {
  const row = statement.get(value);
  return row && readPayment(text(row, 'data'));
}
