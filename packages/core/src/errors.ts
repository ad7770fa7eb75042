/** The errors there are. */
export type ErrorKind =
  | 'invalid_request'
  | 'context_length_exceeded'
  | 'authentication'
  | 'payment_required'
  | 'permission_denied'
  | 'not_found'
  | 'method_not_allowed'
  | 'timeout'
  | 'conflict'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'unprocessable'
  | 'rate_limit_exceeded'
  | 'client_closed'
  | 'server'
  | 'provider_unavailable'
  | 'upstream_credentials_exhausted'
  | 'unavailable'
  | 'upstream_timeout'
  | 'provider_overloaded';

export interface ErrorForm {
  readonly status: number;
  /** OpenAI's `error.type`. */
  readonly type: string;
  /** `metadata.error_type`. */
  readonly errorType: string;
}

/**
 * Every error that the gateway answers with: its HTTP status, its OpenAI `type`, and the canonical `error_type` of
 * OpenRouter's API (`ApiErrorType` in `@openrouter/sdk`) that clients switch on.
 */
export const ERROR_KINDS: Readonly<Record<ErrorKind, ErrorForm>> = {
  invalid_request: { status: 400, type: 'invalid_request_error', errorType: 'invalid_request' },
  context_length_exceeded: {
    status: 400,
    type: 'invalid_request_error',
    errorType: 'context_length_exceeded',
  },
  authentication: { status: 401, type: 'authentication_error', errorType: 'authentication' },
  payment_required: { status: 402, type: 'insufficient_quota', errorType: 'payment_required' },
  permission_denied: { status: 403, type: 'permission_error', errorType: 'permission_denied' },
  not_found: { status: 404, type: 'not_found_error', errorType: 'not_found' },
  method_not_allowed: { status: 405, type: 'invalid_request_error', errorType: 'invalid_request' },
  timeout: { status: 408, type: 'timeout_error', errorType: 'timeout' },
  conflict: { status: 409, type: 'invalid_request_error', errorType: 'precondition_failed' },
  payload_too_large: { status: 413, type: 'invalid_request_error', errorType: 'payload_too_large' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error', errorType: 'invalid_request' },
  unprocessable: { status: 422, type: 'invalid_request_error', errorType: 'unprocessable' },
  rate_limit_exceeded: { status: 429, type: 'rate_limit_error', errorType: 'rate_limit_exceeded' },
  client_closed: { status: 499, type: 'client_error', errorType: 'unmapped' },
  server: { status: 500, type: 'server_error', errorType: 'server' },
  provider_unavailable: { status: 502, type: 'upstream_error', errorType: 'provider_unavailable' },
  upstream_credentials_exhausted: {
    status: 502,
    type: 'upstream_error',
    errorType: 'upstream_credentials_exhausted',
  },
  unavailable: { status: 503, type: 'server_error', errorType: 'provider_unavailable' },
  upstream_timeout: { status: 504, type: 'upstream_error', errorType: 'timeout' },
  provider_overloaded: { status: 529, type: 'upstream_error', errorType: 'provider_overloaded' },
};

/** Whose fault it is: the gateway's own refusal or failure, the provider's, or the client's. */
export type ErrorOrigin = 'gateway' | 'upstream' | 'client';

export interface GatewayErrorOptions {
  /** Overrides the kind's status, for example with a provider's own 4xx. */
  readonly status?: number;
  /** The request field at fault. @default null */
  readonly param?: string | null;
  /** @default 'client' for 4xx, 'gateway' else */
  readonly origin?: ErrorOrigin;
  /** Overrides the kind's `metadata.error_type`. */
  readonly errorType?: string;
  /** More fields for `metadata`. Must hold neither prompts nor completions nor keys. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Sent as `Retry-After`, in whole seconds rounded up. */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** The body of every error answer (`contract` 9). */
export interface ErrorBody {
  readonly error: {
    readonly code: number;
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly metadata: Readonly<Record<string, unknown>> & { error_type: string; origin: ErrorOrigin };
  };
}

/** An error that can be shown to the client as it is: `message` says what is wrong and what to do. */
export class GatewayError extends Error {
  readonly kind: ErrorKind;
  readonly status: number;
  readonly param: string | null;
  readonly origin: ErrorOrigin;
  readonly errorType: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly retryAfterMs: number | undefined;

  constructor(kind: ErrorKind, message: string, options: GatewayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'GatewayError';
    this.kind = kind;
    this.status = options.status ?? ERROR_KINDS[kind].status;
    this.param = options.param ?? null;
    this.origin = options.origin ?? defaultOrigin(this.status);
    this.errorType = options.errorType ?? ERROR_KINDS[kind].errorType;
    this.metadata = options.metadata ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }

  /** The OpenAI-shaped body. */
  toBody(): ErrorBody {
    return {
      error: {
        code: this.status,
        message: this.message,
        type: ERROR_KINDS[this.kind].type,
        param: this.param,
        metadata: { ...this.metadata, error_type: this.errorType, origin: this.origin },
      },
    };
  }
}

function defaultOrigin(status: number): ErrorOrigin {
  return status < 500 ? 'client' : 'gateway';
}

/**
 * Any thrown value as an error that is safe to show. What the router or a foreign parser refused is the client's 4xx, in
 * our words: theirs can quote the request. What else is not a {@link GatewayError} becomes a bare 500.
 */
export function toGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown;
  if (thrown instanceof URIError) {
    return new GatewayError(
      'invalid_request',
      'The path is not valid: a % in it must begin an escape of UTF-8.',
    );
  }
  const status = refusedWith(thrown);
  if (status !== undefined) {
    return new GatewayError(
      'invalid_request',
      'The request could not be read. Check its body and its headers.',
      {
        status,
        cause: thrown,
      },
    );
  }
  return new GatewayError(
    'server',
    'The gateway failed to handle this request. Retry it; it was not charged.',
    {
      cause: thrown,
    },
  );
}

/** The 4xx of an error that says of itself that it may be shown (`http-errors`, which Express and its parsers use). */
function refusedWith(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const { expose, status } = thrown as { expose?: unknown; status?: unknown };
  if (expose !== true || typeof status !== 'number') return undefined;
  return Number.isInteger(status) && status >= 400 && status < 500 ? status : undefined;
}
