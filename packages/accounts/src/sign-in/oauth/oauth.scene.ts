import type { Answer, Browser } from '../browser.scene.ts';
import { signInScene, type SignInScene } from '../sign-in.scene.ts';
import type { SignInRoutesOptions } from '../sign-in-routes.ts';
import { fakeService, OUR_CLIENT, type FakeService } from './fake-service.scene.ts';

/** A server that people sign in to through a service that vouches for them. */
export interface OAuthScene {
  readonly ours: SignInScene;
  readonly service: FakeService;
  /** Goes through the whole flow. @returns our last answer, and where it sends the browser */
  signIn(page: Browser, provider?: string, returnTo?: string): Promise<Visit>;
  /** Begins at our server and goes to the service. @returns the address that the service sends the browser back to */
  comeBack(page: Browser, provider?: string, returnTo?: string): Promise<string>;
  /** Follows that address. */
  finish(page: Browser, address: string): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly answer: Answer;
  /** `Location` of the answer. */
  readonly to: string | null;
}

export async function oauthScene(options: Partial<SignInRoutesOptions> = {}): Promise<OAuthScene> {
  const service = await fakeService();
  const [authorization, token] = [`${service.url}/authorize`, `${service.url}/token`];
  const ours = await signInScene({
    oauth: {
      github: { ...OUR_CLIENT, endpoints: { authorization, token, api: service.url } },
      google: { ...OUR_CLIENT, endpoints: { authorization, token, issuer: service.url } },
    },
    // Tests reach the server by http.
    publicUrl: 'http://router.example.com',
    ...options,
  });

  const finish: OAuthScene['finish'] = async (page, address) => {
    const { pathname, search } = new URL(address);
    const answer = await page.get(ours.url + pathname + search, { 'sec-fetch-site': 'cross-site' });
    return { answer, to: answer.headers.get('location') };
  };
  return {
    ours,
    service,
    comeBack,
    finish,
    signIn: async (page, provider, returnTo) => finish(page, await comeBack(page, provider, returnTo)),
    async close() {
      await ours.close();
      await service.close();
    },
  };
}

const comeBack: OAuthScene['comeBack'] = async (page, provider = 'github', returnTo = '/chat') => {
  const begun = await page.get(`/auth/oauth/${provider}?return_to=${encodeURIComponent(returnTo)}`);
  const atService = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  return atService.headers.get('location') ?? '';
};
