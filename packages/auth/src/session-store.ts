/** A signed-in browser, as it is stored: by the hash of its secret, never by the secret. */
export interface SessionRecord {
  /** SHA-256 of the cookie's secret, in hex. It names the session everywhere but in the browser. */
  readonly hash: string;
  readonly accountId: string;
  /** Milliseconds since the epoch, like all times here. */
  readonly createdAt: number;
  /** To the minute. */
  readonly lastSeenAt: number;
  /** From then on it is over, used or not. */
  readonly expiresAt: number;
  /** What the browser called itself when it signed in. */
  readonly userAgent: string | null;
}

/** When a session was seen, and until when it now lasts. */
export type SessionSighting = Pick<SessionRecord, 'lastSeenAt' | 'expiresAt'>;

/**
 * Where sessions are kept. Every process asks it on every request, so that a session that was ended anywhere is over
 * everywhere. What has expired may be found until the store forgets it, which it does by itself. Every method rejects
 * when the store is away.
 */
export interface SessionStore {
  /** Keeps a new session. */
  save(session: SessionRecord): Promise<void>;
  find(hash: string): Promise<SessionRecord | undefined>;
  /** Writes that a session was seen. One that has been deleted stays deleted. */
  touch(hash: string, sighting: SessionSighting): Promise<void>;
  /** An account's sessions, the last seen first, those of the same millisecond by hash. */
  list(accountId: string): Promise<readonly SessionRecord[]>;
  /** @returns whether the account had it */
  delete(accountId: string, hash: string): Promise<boolean>;
  /**
   * Deletes an account's sessions.
   *
   * @param exceptHash one to keep
   * @returns how many there were
   */
  deleteAll(accountId: string, exceptHash?: string): Promise<number>;
}
