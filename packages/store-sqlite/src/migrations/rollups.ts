/** Use by day, and lists of generations by what they have in common. Filled behind the ledger's back, by folding. */
export const ROLLUPS = `
-- As before for what was charged, which is most; now the free ones are in it too, so that all can be followed by seq.
DROP INDEX charges_of_account;
CREATE INDEX settled_of_account ON generations (account, seq) WHERE seq IS NOT NULL;

-- Up to which seq an account's generations are in the tables below.
CREATE TABLE folded (
  account TEXT PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rollups (
  account TEXT NOT NULL,
  day TEXT NOT NULL,
  key TEXT NOT NULL,
  model TEXT NOT NULL,
  provider TEXT NOT NULL,
  requests INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  PRIMARY KEY (account, day, key, model, provider)
) STRICT, WITHOUT ROWID;

-- The same over all accounts.
CREATE TABLE day_totals (
  day TEXT PRIMARY KEY,
  requests INTEGER NOT NULL,
  prompt_tokens INTEGER NOT NULL,
  completion_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  cost INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Generations that no filter tells apart are one series. A filter names some series, and a page is the newest of them.
CREATE TABLE series (
  series INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  key TEXT NOT NULL,
  model TEXT NOT NULL,
  provider TEXT NOT NULL,
  status TEXT NOT NULL,
  UNIQUE (account, key, model, provider, status)
) STRICT;
CREATE TABLE listings (
  series INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (series, id)
) STRICT, WITHOUT ROWID;
-- Listings that a settlement may still move to another series.
CREATE TABLE provisional_listings (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  series INTEGER NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

-- What the ledger settled is folded from its beginning on. What was only logged has no seq to be found by.
INSERT INTO series (account, key, model, provider, status)
  SELECT DISTINCT account, key, model, provider, status FROM generations WHERE seq IS NULL;
INSERT INTO listings (series, id)
  SELECT series, id FROM generations JOIN series USING (account, key, model, provider, status) WHERE seq IS NULL;
INSERT INTO provisional_listings (account, id, series)
  SELECT account, id, series FROM generations JOIN series USING (account, key, model, provider, status)
    WHERE seq IS NULL;
`;
