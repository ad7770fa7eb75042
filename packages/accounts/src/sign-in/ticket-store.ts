/** What a secret that is good for once is good for. */
export type TicketPurpose = 'password_reset' | 'oauth_state' | 'key_code';

/** A secret that is good for once, as it is stored: by its hash. */
export interface Ticket {
  readonly purpose: TicketPurpose;
  /** SHA-256 of the secret, in hex. */
  readonly hash: string;
  /** What its maker has to know again, as text. */
  readonly data: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Where secrets are kept that are good for once. What has expired may be handed out until the store forgets it, which it
 * does by itself. Every method rejects when the store is away.
 */
export interface TicketStore {
  /** Keeps a new ticket. */
  put(ticket: Ticket): Promise<void>;
  /** Takes a ticket out, for one caller only, however many ask at once; `undefined` when it is not there. */
  take(purpose: TicketPurpose, hash: string): Promise<Ticket | undefined>;
}
