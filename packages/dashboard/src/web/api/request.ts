import { facts } from '../lib/facts.ts';
import { ApiError, toApiError } from './api-error.ts';

export type QueryValue = string | number | boolean | null | undefined;

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Values that are absent or empty are left out. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Asks for an answer that no cache made. @default false */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The address of a route of the API, below the mount that the pages were told. */
export function apiUrl(path: string, query: RequestOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `${facts.apiBase}${path}${text === '' ? '' : `?${text}`}`;
}

/**
 * Calls the API with the session's cookie, and returns the whole body.
 *
 * @throws {ApiError} when it refuses, fails, or cannot be reached
 */
export async function request<Body>(path: string, options: RequestOptions = {}): Promise<Body> {
  const response = await send(path, options);
  return (await response.json()) as Body;
}

/** As {@link request}, for bodies of the form `{data}`: returns what is in it. */
export async function requestData<Data>(path: string, options: RequestOptions = {}): Promise<Data> {
  const { data } = await request<{ readonly data: Data }>(path, options);
  return data;
}

/**
 * Calls the API and returns the answer with its body unread, for streams.
 *
 * @throws {ApiError} as {@link request}; an abort is thrown as it is
 */
export async function send(path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = 'GET', query, body, fresh = false, signal } = options;
  let response: Response;
  try {
    response = await fetch(apiUrl(path, query), {
      method,
      credentials: 'same-origin',
      headers: {
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(fresh && { 'Cache-Control': 'no-cache' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (err) {
    if (signal?.aborted === true) throw err;
    throw new ApiError(0, 'The server could not be reached. Is it running, and are you online?');
  }
  if (!response.ok) throw await toApiError(response);
  return response;
}
