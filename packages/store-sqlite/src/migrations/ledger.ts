/** Accounts, keys, the books, generations. */
export const LEDGER = `
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  password_hash TEXT,
  allow_training INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
  hash TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (id),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  disabled INTEGER NOT NULL,
  spend_limit INTEGER,
  limit_reset TEXT,
  expires_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_of_account ON keys (account, created_at DESC, hash);

-- What a commit costs is the pages it writes. So all rows of an account's money are neighbours in one tree, and a
-- reservation writes a single page. 'part' says which row it is, and which columns it has:
--   ''           the account: seq, balance, reserved, spent, lots, next_expiry_at
--   'key:<hash>' what a key has spent: key, total, day_no … month
--   'open:<id>'  an open reservation: key, amount, owner, created_at, draft
CREATE TABLE books (
  account TEXT NOT NULL,
  part TEXT NOT NULL,
  seq INTEGER,
  balance INTEGER,
  reserved INTEGER,
  spent INTEGER,
  lots TEXT,
  next_expiry_at INTEGER,
  key TEXT,
  amount INTEGER,
  owner TEXT,
  created_at INTEGER,
  draft TEXT,
  total INTEGER,
  day_no INTEGER,
  day INTEGER,
  week_no INTEGER,
  week INTEGER,
  month_no INTEGER,
  month INTEGER,
  PRIMARY KEY (account, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX books_by_expiry ON books (next_expiry_at) WHERE next_expiry_at IS NOT NULL;

CREATE TABLE entries (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  amount INTEGER NOT NULL,
  at INTEGER NOT NULL,
  note TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX entries_of_account ON entries (account, seq);

-- Ids sort by the time they were made, so the primary key is also the order to list an account's generations in.
CREATE TABLE generations (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  key TEXT NOT NULL,
  model TEXT NOT NULL,
  provider TEXT NOT NULL,
  status TEXT NOT NULL,
  cost INTEGER NOT NULL,
  -- The ledger's columns; NULL in a record that was only logged.
  seq INTEGER,
  charge INTEGER,
  settled_at INTEGER,
  final INTEGER,
  data TEXT NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX charges_of_account ON generations (account, seq) WHERE charge <> 0;

CREATE TABLE owners (
  owner TEXT PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
