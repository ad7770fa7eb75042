/** Claims on Idempotency-Keys. */
export const IDEMPOTENCY = `
-- Who runs which Idempotency-Key, and the answer, sealed under what only the client has.
CREATE TABLE idempotency (
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  tag TEXT NOT NULL,
  generation TEXT NOT NULL,
  claimed_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  answer BLOB,
  PRIMARY KEY (account, name)
) STRICT;
CREATE INDEX idempotency_by_expiry ON idempotency (expires_at);
`;
