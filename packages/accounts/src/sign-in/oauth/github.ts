import { fetchProtectedResource } from 'openid-client';
import { z } from 'zod';
import { configure, type OAuthClient, type OAuthProvider } from './oauth-provider.ts';

/** Where GitHub is, or a server that stands in for it. */
export interface GitHubEndpoints {
  /** @default 'https://github.com/login/oauth/authorize' */
  readonly authorization?: string | undefined;
  /** @default 'https://github.com/login/oauth/access_token' */
  readonly token?: string | undefined;
  /** @default 'https://api.github.com' */
  readonly api?: string | undefined;
}

export interface GitHubOptions extends OAuthClient {
  readonly endpoints?: GitHubEndpoints | undefined;
}

const userAnswer = z.object({ id: z.int() });
const emailsAnswer = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/** GitHub, which speaks OAuth 2.0 without OpenID: who it is has to be asked of its API. */
export function github({ endpoints = {}, ...client }: GitHubOptions): OAuthProvider {
  const api = endpoints.api ?? 'https://api.github.com';
  const configuration = configure(client, {
    issuer: 'https://github.com/login/oauth',
    authorization_endpoint: endpoints.authorization ?? 'https://github.com/login/oauth/authorize',
    token_endpoint: endpoints.token ?? 'https://github.com/login/oauth/access_token',
  });
  const ask = async <T>(path: string, accessToken: string, shape: z.ZodType<T>): Promise<T> => {
    const headers = new Headers({ accept: 'application/vnd.github+json', 'user-agent': 'onerouter' });
    const url = new URL(api + path);
    const answer = await fetchProtectedResource(configuration, accessToken, url, 'GET', undefined, headers);
    if (!answer.ok) throw new Error(`GitHub answered ${path} with ${answer.status}.`);
    return shape.parse(await answer.json());
  };
  return {
    name: 'github',
    configuration,
    scope: 'read:user user:email',
    openId: false,
    async identify({ access_token: accessToken }) {
      const [user, emails] = await Promise.all([
        ask('/user', accessToken, userAnswer),
        ask('/user/emails', accessToken, emailsAnswer),
      ]);
      const primary = emails.find(({ primary, verified }) => primary && verified);
      return { subject: String(user.id), verifiedEmail: primary?.email };
    },
  };
}
