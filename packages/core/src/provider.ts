import type { Dialect } from './dialect.ts';
import type { Nanos } from './money.ts';

/** How long each phase of an upstream call may take, in milliseconds. */
export interface Timeouts {
  readonly connectMs: number;
  /** Non-stream: until the response headers, which come when the whole answer is ready. */
  readonly headersMs: number;
  /** Stream: until the first real output; a role-only delta or a comment does not count. */
  readonly firstTokenMs: number;
  /** Between any two bytes of a body. */
  readonly idleMs: number;
  /** Over the whole call. `undefined`: no limit. */
  readonly totalMs?: number | undefined;
}

/** What leaving does to a provider's bill: whether an aborted call stops costing, or is best read to its end. */
export type Cancellation = 'stops-billing' | 'drains';

/** Methods that calls may be passed through with. A websocket is a `GET`. */
export const PASSTHROUGH_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type PassthroughMethod = (typeof PASSTHROUGH_METHODS)[number];

/** Calls that go to a provider as they are, and what each costs. */
export interface PassthroughRule {
  readonly method: PassthroughMethod;
  /** Below the base URL: `/files/:id/content`. `:name` is one segment, a last `*` one or more. */
  readonly path: string;
  /** Charged for each call that succeeds; nothing where the call is meant to be free. */
  readonly price: Nanos;
}

/** A configured provider: where it is, what it speaks, and how it treats prompts. */
export interface Provider {
  /** The name in the configuration, which is the name everywhere. */
  readonly name: string;
  readonly displayName: string;
  readonly dialect: Dialect;
  /** Without a trailing slash: `https://api.example.com/v1`. */
  readonly baseUrl: string;
  /** Tried in turn; never leave the process. Empty for providers without authentication. */
  readonly apiKeys: readonly string[];
  /** Sent with every call, beside what the dialect sends. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeouts: Timeouts;
  readonly trainsOnPrompts: boolean;
  readonly retainsPrompts: boolean;
  readonly cancellation: Cancellation;
  /**
   * Without output for this long, the next candidate is tried beside it, and the first output wins. `undefined`: never.
   */
  readonly hedgeAfterMs?: number | undefined;
  /** What may be passed through to it; the first rule that fits holds. @default none */
  readonly passthrough?: readonly PassthroughRule[] | undefined;
}
