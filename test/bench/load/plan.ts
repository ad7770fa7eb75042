/** What the load generator is to do. */
export interface LoadPlan {
  /** Where to POST; loopback. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly model: string;
  readonly stream: boolean;
  /** 1 KB of text, or a chat message with a 1 MB image in it. */
  readonly body: 'text' | 'image';
  /** Sockets, with one request at a time on each. */
  readonly connections: number;
  /** How long new requests are begun; those under way are let finish. */
  readonly durationMs: number;
  /** Requests to stop after. @default as many as the time allows */
  readonly requests?: number;
  /** Requests a second over all sockets, evenly spread. @default as fast as they are answered */
  readonly ratePerSecond?: number;
  /** The first requests of the sockets are spread over this. @default one gap of the rate */
  readonly rampMs?: number;
}

/** How it stands, on request. */
export interface LoadProgress {
  readonly kind: 'progress';
  /** Requests whose answer has begun and not ended. */
  readonly answering: number;
  /** `data:` events received so far. */
  readonly events: number;
}

/** How it went. */
export interface LoadResult {
  readonly kind: 'result';
  readonly requests: number;
  /** Broken connections, statuses other than 200, and streams without an end mark. */
  readonly errors: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly events: number;
  readonly elapsedMs: number;
  /** Median time from the send to the last byte; undefined when nothing was answered. */
  readonly p50Ms: number | undefined;
  /** What one in a hundred exceeded. */
  readonly p99Ms: number | undefined;
}

/** What the load generator sends to the process that started it. */
export type LoadMessage = LoadProgress | LoadResult;
