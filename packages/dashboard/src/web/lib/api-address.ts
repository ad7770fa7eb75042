import { facts } from './facts.ts';

/** The base URL for SDKs: the short one where the API has its usual two mounts. */
export function sdkBaseUrl(): string {
  return `${location.origin}${facts.apiBase === '/api/v1' ? '/v1' : facts.apiBase}`;
}
