/** Who was told that their credits run low. */
export const ALERTS = `
CREATE TABLE alert_claims (
  account TEXT PRIMARY KEY,
  claimed_at INTEGER NOT NULL,
  sent INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
