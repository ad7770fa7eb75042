import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signInScene } from '../sign-in.scene.ts';
import { oauthScene, type OAuthScene } from './oauth.scene.ts';

describe('an identity whose email an account has already', () => {
  let scene: OAuthScene;
  beforeEach(async () => {
    scene = await oauthScene();
  });
  afterEach(() => scene.close());
  const verify = async (): Promise<string> => {
    const account = await scene.ours.accounts.findAccountByEmail('ann@example.com');
    await scene.ours.accounts.updateAccount(account?.id ?? '', { emailVerified: true });
    return account?.id ?? '';
  };

  it('opens the account when its email was verified, and its password stays', async () => {
    await scene.ours.person('ann');
    const id = await verify();
    const page = scene.ours.browser();
    expect((await scene.signIn(page)).to).toBe('/chat');
    expect((await page.get('/account')).data).toMatchObject({
      id,
      has_password: true,
      identities: [{ provider: 'github' }],
    });
    const second = scene.ours.browser();
    await scene.signIn(second, 'google');
    expect((await second.get('/account')).data).toMatchObject({
      id,
      identities: [{ provider: 'github' }, { provider: 'google' }],
    });
  });

  it('does not walk into an account that somebody else may have laid out under that email', async () => {
    const mallory = await scene.ours.person('ann');
    const ann = scene.ours.browser();
    expect((await scene.signIn(ann)).to).toBe('/sign-in?error=oauth_account_exists');
    expect((await ann.get('/account')).status).toBe(401);
    expect((await mallory.get('/account')).data['identities']).toEqual([]);
  });

  it('is linked to such an account by who is signed in to it', async () => {
    const ann = await scene.ours.person('ann');
    expect((await scene.signIn(ann)).to).toBe('/chat');
    expect((await ann.get('/account')).data['identities']).toEqual([{ provider: 'github' }]);
    expect(await scene.ours.accounts.findAccountByEmail('ann@example.com')).toMatchObject({
      emailVerified: true,
    });
  });

  it('is not linked to the account that happens to be signed in under another email', async () => {
    const bob = await scene.ours.person('bob');
    expect((await scene.signIn(bob)).to).toBe('/chat');
    expect((await bob.get('/account')).data).toMatchObject({ email: 'ann@example.com' });
    expect(await scene.ours.accounts.findAccountByEmail('bob@example.com')).toMatchObject({ identities: [] });
  });

  it('is not fooled by letters that only look alike', async () => {
    await scene.ours
      .browser()
      .post('/auth/sign-up', { email: 'mike@example.com', password: 'a good password' });
    const account = await scene.ours.accounts.findAccountByEmail('mike@example.com');
    await scene.ours.accounts.updateAccount(account?.id ?? '', { emailVerified: true });
    scene.service.person.email = 'mi\u212Ae@example.com';
    expect((await scene.signIn(scene.ours.browser())).to).toBe('/sign-in?error=oauth_unverified_email');
  });

  it('leads two tabs to one account', async () => {
    const pages = [scene.ours.browser(), scene.ours.browser(), scene.ours.browser()];
    const addresses = await Promise.all(pages.map((page) => scene.comeBack(page)));
    await Promise.all(pages.map((page, n) => scene.finish(page, addresses[n] ?? '')));
    const ids = await Promise.all(pages.map(async (page) => (await page.get('/account')).data['id']));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^acc-/);
  });

  it('is refused where no services are configured', async () => {
    const plain = await signInScene();
    expect((await plain.browser().get('/auth/oauth/github')).status).toBe(404);
    await plain.close();
  });
});
