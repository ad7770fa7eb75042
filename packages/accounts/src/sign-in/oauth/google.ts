import { configure, type OAuthClient, type OAuthProvider } from './oauth-provider.ts';

/** Where Google is, or a server that stands in for it. */
export interface GoogleEndpoints {
  /** @default 'https://accounts.google.com' */
  readonly issuer?: string | undefined;
  /** @default 'https://accounts.google.com/o/oauth2/v2/auth' */
  readonly authorization?: string | undefined;
  /** @default 'https://oauth2.googleapis.com/token' */
  readonly token?: string | undefined;
}

export interface GoogleOptions extends OAuthClient {
  readonly endpoints?: GoogleEndpoints | undefined;
}

/**
 * Google, by OpenID Connect. Its ID token comes over TLS from the token endpoint itself, which stands for its signature;
 * issuer, audience, time and nonce are checked.
 */
export function google({ endpoints = {}, ...client }: GoogleOptions): OAuthProvider {
  return {
    name: 'google',
    configuration: configure(client, {
      issuer: endpoints.issuer ?? 'https://accounts.google.com',
      authorization_endpoint: endpoints.authorization ?? 'https://accounts.google.com/o/oauth2/v2/auth',
      token_endpoint: endpoints.token ?? 'https://oauth2.googleapis.com/token',
    }),
    scope: 'openid email',
    openId: true,
    async identify(tokens) {
      const claims = tokens.claims();
      if (!claims) throw new Error('Google sent no ID token.');
      const { sub, email } = claims;
      const verified = claims['email_verified'] === true;
      return { subject: sub, verifiedEmail: verified && typeof email === 'string' ? email : undefined };
    },
  };
}
