/** Payments for credits, and who pays. */
export const PAYMENTS = `
-- Written whole, on condition of the version before; columns beside 'data' are what is looked up.
CREATE TABLE payments (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  checkout_id TEXT,
  intent_id TEXT,
  charge_id TEXT,
  data TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX payments_of_account ON payments (account, created_at DESC, id DESC);
CREATE INDEX payments_by_checkout ON payments (checkout_id) WHERE checkout_id IS NOT NULL;
CREATE INDEX payments_by_intent ON payments (intent_id) WHERE intent_id IS NOT NULL;
CREATE INDEX payments_by_charge ON payments (charge_id) WHERE charge_id IS NOT NULL;

CREATE TABLE payers (
  account TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  due_at INTEGER,
  data TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX payers_by_due ON payers (due_at) WHERE due_at IS NOT NULL;
`;
