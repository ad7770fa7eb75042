import { hashKey, keyLabel, newApiKey, newManagementKey, type KeyKind } from '@onerouter/auth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Browser } from './browser.scene.ts';
import { PASSWORD, signInScene, type SignInScene } from './sign-in.scene.ts';

const NEW = 'a new password';

describe('the settings of an account', () => {
  let scene: SignInScene;
  let ann: Browser;
  beforeEach(async () => {
    scene = await signInScene();
    ann = await scene.person('ann');
  });
  afterEach(() => scene.close());
  const patch = (body: unknown): Promise<Answer> => ann.send('PATCH', '/account', body);
  const addKey = async (kind: KeyKind): Promise<Browser> => {
    const key = kind === 'api' ? newApiKey() : newManagementKey();
    const { id } = (await scene.accounts.findAccountByEmail('ann@example.com')) ?? { id: '' };
    await scene.accounts.createKey({
      hash: hashKey(key),
      kind,
      accountId: id,
      name: kind,
      label: keyLabel(key),
      disabled: false,
      limit: null,
      limitReset: null,
      expiresAt: null,
      createdAt: 1,
      updatedAt: null,
    });
    return scene.browser({ authorization: `Bearer ${key}` });
  };

  it('change what the patch names and nothing else', async () => {
    const before = (await ann.get('/account')).data;
    const alerts = { threshold_usd: '2.5', email: true, webhook_url: 'https://example.com/low?a=1' };
    expect((await patch({ alerts })).data).toEqual({ ...before, alerts });
    expect((await patch({ allow_training: true })).data).toEqual({ ...before, alerts, allow_training: true });
    expect((await patch({})).data).toEqual({ ...before, alerts, allow_training: true });
    expect((await patch({ alerts: null })).data).toEqual({ ...before, allow_training: true });
    expect((await patch({ alerts: { threshold_usd: '0' } })).data['alerts']).toEqual({
      threshold_usd: '0',
      email: true,
      webhook_url: null,
    });
  });

  it('reach every key of the account at once', async () => {
    const api = await addKey('api');
    expect((await api.get('/whoami')).body).toMatchObject({ kind: 'api', allowTraining: false });
    await patch({ allow_training: true });
    expect((await api.get('/whoami')).body).toMatchObject({ allowTraining: true });
  });

  it('are open to management keys, and to no API key', async () => {
    const [api, management] = [await addKey('api'), await addKey('management')];
    expect((await management.get('/account')).data).toEqual((await ann.get('/account')).data);
    expect((await management.send('PATCH', '/account', { allow_training: true })).status).toBe(200);
    expect((await api.get('/account')).status).toBe(403);
    expect((await api.send('PATCH', '/account', { allow_training: false })).status).toBe(403);
    for (const path of ['/account/password', '/auth/codes']) {
      const refused = await management.post(path, {});
      expect([refused.status, refused.error.metadata['reason']]).toEqual([403, 'needs_session']);
    }
    expect((await management.get('/account/sessions')).status).toBe(403);
    expect((await scene.browser().get('/account')).status).toBe(401);
  });

  it('refuse what cannot be, by name', async () => {
    const tries: [unknown, string | null][] = [
      [{ role: 'operator' }, null],
      [{ email: 'x@example.com' }, null],
      [{ allow_training: 'yes' }, 'allow_training'],
      [{ alerts: { threshold_usd: 5 } }, 'alerts.threshold_usd'],
      [{ alerts: { threshold_usd: '-1' } }, 'alerts.threshold_usd'],
      [{ alerts: { threshold_usd: '1e3' } }, 'alerts.threshold_usd'],
      [{ alerts: { threshold_usd: '0.0000000001' } }, 'alerts.threshold_usd'],
      [{ alerts: { threshold_usd: '9999999999' } }, 'alerts.threshold_usd'],
      [{ alerts: { threshold_usd: '1', webhook_url: 'http://example.com' } }, 'alerts.webhook_url'],
      [{ alerts: { threshold_usd: '1', webhook_url: 'javascript:alert(1)' } }, 'alerts.webhook_url'],
      [
        { alerts: { threshold_usd: '1', webhook_url: 'https://me:secret@example.com' } },
        'alerts.webhook_url',
      ],
    ];
    for (const [body, param] of tries) {
      const { status, error } = await patch(body);
      expect([status, error.param, body]).toEqual([400, param, body]);
    }
    expect((await ann.get('/account')).data).toMatchObject({ role: 'user', alerts: null });
  });

  describe('the password', () => {
    it('changes with the current one; this browser goes on under a new session, all others end', async () => {
      const other = scene.browser();
      await other.post('/auth/sign-in', { email: 'ann@example.com', password: PASSWORD });
      const before = ann.cookies.get('onerouter_session') ?? '';
      const body = { current_password: PASSWORD, password: NEW };
      expect((await ann.post('/account/password', body)).data).toMatchObject({ has_password: true });
      expect(ann.cookies.get('onerouter_session')).not.toBe(before);
      expect((await ann.get('/account')).status).toBe(200);
      expect((await other.get('/account')).status).toBe(401);
      const stolen = scene.browser();
      stolen.cookies.set('onerouter_session', before);
      expect((await stolen.get('/account')).status).toBe(401);
      expect((await stolen.post('/auth/sign-in', { email: 'ann@example.com', password: NEW })).status).toBe(
        200,
      );
    });

    it('stays when the current one is wrong or missing', async () => {
      for (const current of [{}, { current_password: 'wrong password' }]) {
        const refused = await ann.post('/account/password', { ...current, password: NEW });
        expect([refused.status, refused.error.param]).toEqual([403, 'current_password']);
      }
      const weak = await ann.post('/account/password', { current_password: PASSWORD, password: 'short' });
      expect([weak.status, weak.error.param]).toEqual([400, 'password']);
      expect((await ann.get('/account')).status).toBe(200);
    });

    it('can be set without one where there is none', async () => {
      const account = await scene.accounts.findAccountByEmail('ann@example.com');
      await scene.accounts.updateAccount(account?.id ?? '', { passwordHash: null });
      expect((await ann.get('/account')).data['has_password']).toBe(false);
      expect((await ann.post('/account/password', { password: NEW })).data['has_password']).toBe(true);
    });

    it('opens nothing any more when it was changed while it was compared', async () => {
      const { accounts } = scene;
      const slow = await signInScene({
        accounts: {
          ...accounts,
          // Found by its old password, which is replaced before the session begins.
          async findAccountByEmail(email) {
            const found = await accounts.findAccountByEmail(email);
            if (found) await accounts.updateAccount(found.id, { passwordHash: 'changed' });
            return found;
          },
        },
      });
      const page = slow.browser();
      const late = await page.post('/auth/sign-in', { email: 'ann@example.com', password: PASSWORD });
      expect(late.status).toBe(401);
      expect((await page.get('/account')).status).toBe(401);
      await slow.close();
    });
  });
});
