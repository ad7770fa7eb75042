import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDocument } from 'zod-openapi';
import { accountSettingsPaths, codeShape } from './account-settings-paths.ts';
import { profileShape } from './profile.ts';
import { sessionShape } from './session-routes.ts';
import { keyOfCodeShape, methodsShape, signInPaths } from './sign-in-paths.ts';
import { signInScene, type SignInScene } from './sign-in.scene.ts';

describe('the description in OpenAPI', () => {
  let scene: SignInScene;
  beforeEach(async () => {
    scene = await signInScene();
  });
  afterEach(() => scene.close());

  it('names routes that there are', async () => {
    const paths = { ...signInPaths, ...accountSettingsPaths };
    const document = createDocument({ openapi: '3.1.0', info: { title: 'test', version: '1' }, paths });
    const ann = await scene.person('ann');
    for (const [path, item] of Object.entries(document.paths ?? {})) {
      for (const method of Object.keys(item)) {
        const page = path === '/account/sessions' ? await scene.person('bob') : ann;
        const called = path.replace('{provider}', 'github').replace('{id}', 'x');
        const { status, body } = await page.send(
          method.toUpperCase(),
          called,
          method === 'get' ? undefined : {},
        );
        const text = JSON.stringify(body);
        expect([path, method, status < 500, text.includes('There is no')]).toEqual([
          path,
          method,
          true,
          false,
        ]);
        // Without a route the request gets to the end of the chain, which has no body of its own.
        if (status === 404) expect(text).toMatch(/not connected to that service|no session with that id/);
      }
    }
  });

  it('describes the answers', async () => {
    const ann = await scene.person('ann');
    const alerts = { threshold_usd: '1', webhook_url: 'https://example.com/' };
    profileShape.parse((await ann.send('PATCH', '/account', { alerts })).data);
    methodsShape.parse((await ann.get('/auth/methods')).data);
    for (const session of (await ann.get('/account/sessions')).body['data'] as unknown[])
      sessionShape.parse(session);
    const code = await ann.post('/auth/codes', { callback_url: 'https://app.example/' });
    codeShape.parse(code.data);
    keyOfCodeShape.parse((await ann.post('/auth/keys', { code: code.data['id'] })).body);
  });
});
