interface ErrorBody {
  readonly error?: {
    readonly message?: unknown;
    readonly type?: unknown;
    readonly param?: unknown;
    readonly metadata?: unknown;
  };
}

/** What the API refused or failed at, in its own words. `status` is 0 when it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  /** The field at fault. */
  readonly param: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, body: ErrorBody['error'] = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.type = typeof body.type === 'string' ? body.type : '';
    this.param = typeof body.param === 'string' ? body.param : null;
    this.metadata = isRecord(body.metadata) ? body.metadata : {};
  }

  /** Whether the same request may succeed later. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Reads an answer that is not a success. */
export async function toApiError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody;
  const message = body.error?.message;
  return new ApiError(
    response.status,
    typeof message === 'string' ? message : `The server answered with status ${response.status}.`,
    body.error,
  );
}

/** The message for people of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong.';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
