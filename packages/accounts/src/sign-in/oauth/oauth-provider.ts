import {
  allowInsecureRequests,
  Configuration,
  type ServerMetadata,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from 'openid-client';

/** Which services may vouch for people. */
export type OAuthProviderName = 'github' | 'google';

/** What a service gives who registers an app with it. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

export type OAuthTokens = TokenEndpointResponse & TokenEndpointResponseHelpers;

/** Whom a service vouches for. */
export interface VouchedPerson {
  /** The service's own id of the person. */
  readonly subject: string;
  /** An email that the service has verified; `undefined` when it has none. */
  readonly verifiedEmail: string | undefined;
}

/** A service that vouches for people. */
export interface OAuthProvider {
  readonly name: OAuthProviderName;
  readonly configuration: Configuration;
  readonly scope: string;
  /** Whether its answer has an ID token, and so a nonce. */
  readonly openId: boolean;
  /** @throws {Error} when the service's answer cannot be used */
  identify(tokens: OAuthTokens): Promise<VouchedPerson>;
}

const TIMEOUT_SECONDS = 10;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** @throws {TypeError} on an endpoint that is neither https:// nor on this machine */
export function configure(client: OAuthClient, server: ServerMetadata): Configuration {
  const configuration = new Configuration(server, client.clientId, client.clientSecret);
  configuration.timeout = TIMEOUT_SECONDS;
  const endpoints = [server.authorization_endpoint, server.token_endpoint].map((url) => new URL(url ?? ''));
  if (endpoints.every(({ protocol }) => protocol === 'https:')) return configuration;
  const insecure = endpoints.find(
    ({ protocol, hostname }) => protocol !== 'https:' && !LOOPBACK.has(hostname),
  );
  if (insecure) throw new TypeError(`The OAuth endpoint ${insecure.href} must be https://.`);
  allowInsecureRequests(configuration);
  return configuration;
}
