import { openMongooseStore } from '@onerouter/store-mongoose';
import { describeOnMongo, TcpProxy } from '@onerouter/store-mongoose/testing';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { AppProcess, Folder } from './support/app-process.ts';
import { chat, oneProvider } from './support/config.ts';
import { ScriptedProvider } from './support/scripted-provider.ts';

const SLOWLY = { timeout: 15_000 };

const readiness = async (address: string): Promise<number> => (await fetch(`${address}/health/ready`)).status;

async function attemptSignIn(address: string): Promise<number> {
  const response = await fetch(`${address}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'a@example.com', password: 'not the password' }),
  });
  return response.status;
}

describeOnMongo('the app on MongoDB', (server) => {
  let folder: Folder;
  let provider: ScriptedProvider;
  let proxy: TcpProxy;
  let database: string;
  let uri: string;
  let app: AppProcess | undefined;

  const start = async (): Promise<string> => {
    const file = folder.config(oneProvider(await provider.start()));
    app = new AppProcess(folder.path, { ONEROUTER_CONFIG: file, MONGODB_URI: uri });
    return app.ready();
  };
  let questions = 0;
  // Each asks something else, since the same would be answered from memory.
  const asked = async (address: string): Promise<number> => {
    questions += 1;
    const messages = [{ role: 'user', content: `Write ${questions}.` }];
    return (await chat(address, { messages })).status;
  };
  const charges = async (): Promise<readonly bigint[]> => {
    const store = openMongooseStore(await server.connect(database));
    const account = await store.accounts.findAccountByEmail('a@example.com');
    const entries = await store.ledger.entries(account?.id ?? '');
    await store.close();
    return entries.filter(({ kind }) => kind === 'charge').map(({ amount }) => amount);
  };

  beforeEach(async () => {
    folder = new Folder();
    provider = new ScriptedProvider();
    database = server.newDatabase();
    const { hostname, port } = new URL(server.uri);
    proxy = new TcpProxy(hostname, Number(port || 27_017));
    await proxy.mend();
    uri = `mongodb://127.0.0.1:${proxy.port}/${database}?directConnection=true`;
  });
  afterEach(async () => {
    app?.kill('SIGKILL');
    await provider.close();
    await proxy.cut();
    await server.drop(database);
    folder.remove();
  });

  it('serves and charges, and keeps what it charged when it is started again', async () => {
    const address = await start();
    expect(await readiness(address)).toBe(200);
    expect(await asked(address)).toBe(200);
    app?.kill('SIGTERM');
    expect(await app?.exited).toBe(0);
    expect(await charges()).toEqual([-14_000n]);
    app = new AppProcess(folder.path, { ONEROUTER_CONFIG: `${folder.path}/config.json`, MONGODB_URI: uri });
    expect(await asked(await app.ready())).toBe(200);
    expect(await charges()).toEqual([-14_000n, -14_000n]);
  });

  it('counts attempts to sign in over all processes', async () => {
    const address = await start();
    const other = new AppProcess(folder.path, {
      ONEROUTER_CONFIG: `${folder.path}/config.json`,
      MONGODB_URI: uri,
    });
    onTestFinished(() => other.kill('SIGKILL'));
    let tried = 0;
    while ((await attemptSignIn(address)) === 401) tried += 1;
    expect(tried).toBeGreaterThan(0);
    expect(await attemptSignIn(await other.ready())).toBe(429);
  });

  it('starts without the server, says so, refuses with 503, and serves as soon as it is there', async () => {
    await proxy.cut();
    const address = await start();
    expect(await readiness(address)).toBe(503);
    expect(await asked(address)).toBe(503);
    expect(app?.stderr).toContain('MongoDB cannot be reached');
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    await proxy.mend();
    await expect.poll(() => readiness(address), SLOWLY).toBe(200);
    expect(await asked(address)).toBe(200);
    expect(provider.requests).toBe(1);
  });

  it('refuses with 503 while the server is away, gives nothing away, and recovers without a restart', async () => {
    const address = await start();
    expect(await asked(address)).toBe(200);
    await proxy.cut();
    expect(await asked(address)).toBe(503);
    await expect.poll(() => readiness(address), SLOWLY).toBe(503);
    await proxy.mend();
    await expect.poll(() => readiness(address), SLOWLY).toBe(200);
    expect(await asked(address)).toBe(200);
    expect(provider.requests).toBe(2);
    expect(await charges()).toEqual([-14_000n, -14_000n]);
  });
});
