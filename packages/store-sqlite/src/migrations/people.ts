/** What an account has beyond its email and password. */
export const PEOPLE = `
ALTER TABLE accounts ADD COLUMN role TEXT NOT NULL DEFAULT 'user';
-- No alerts where the threshold is NULL.
ALTER TABLE accounts ADD COLUMN alert_threshold INTEGER;
ALTER TABLE accounts ADD COLUMN alert_email INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN alert_webhook TEXT;

-- Who an account's owner is at services that vouch for them.
CREATE TABLE identities (
  position INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES accounts (id),
  UNIQUE (provider, subject)
) STRICT;
CREATE INDEX identities_of_account ON identities (account);
`;
