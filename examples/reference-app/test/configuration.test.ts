import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../src/config/config-error.ts';
import { loadConfig, type AppConfig } from '../src/config/load-config.ts';
import { Folder } from './support/app-process.ts';

const folder = new Folder();
afterAll(() => folder.remove());

function load(json: unknown, env: Readonly<Record<string, string>> = {}): AppConfig {
  return loadConfig({ ONEROUTER_CONFIG: folder.config(json), ...env }, '/somewhere/else');
}

function problems(json: unknown, env: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    load(json, env);
  } catch (err) {
    if (err instanceof ConfigError) return err.problems;
    throw err;
  }
  return [];
}

const ALPHA = { baseUrl: 'http://127.0.0.1:9001/v1', apiKey: 'k' };

describe('the configuration file', () => {
  it('may be missing', () => {
    const config = loadConfig({}, '/home/me');
    expect(config).toMatchObject({ file: undefined, host: '127.0.0.1', port: 8787 });
    expect(config.storePath).toBe('/home/me/data/onerouter.db');
  });

  it('may hold no more than a store', () => {
    expect(load({ store: 'sqlite:/var/lib/one.db' }).storePath).toBe('/var/lib/one.db');
  });

  it('is the start of relative store paths', () => {
    expect(load({ store: 'sqlite:./db/one.db' }).storePath).toBe(join(folder.path, 'db/one.db'));
  });

  it('is overridden by PORT and HOST', () => {
    const config = load({ listen: { host: '10.0.0.1', port: 80 } }, { PORT: '0', HOST: '0.0.0.0' });
    expect(config).toMatchObject({ host: '0.0.0.0', port: 0 });
  });

  it('refuses unknown fields by name, wherever they are', () => {
    expect(
      problems({
        provider: {},
        listen: { prot: 1 },
        providers: { alpha: { ...ALPHA, apikey: 'x' } },
        models: [{ id: 'a/b', endpoints: [{ provider: 'alpha', model: 'm', price: {} }] }],
        bootstrap: { accounts: [{ email: 'a@example.com', credit: '1' }] },
      }),
    ).toEqual([
      'listen.prot is not a field that OneRouter knows.',
      'providers.alpha.apikey is not a field that OneRouter knows.',
      'models[0].endpoints[0].price is not a field that OneRouter knows.',
      'bootstrap.accounts[0].credit is not a field that OneRouter knows.',
      'provider is not a field that OneRouter knows.',
    ]);
  });

  it('reads "$NAME" from the environment', () => {
    const json = { providers: { alpha: { ...ALPHA, apiKey: '$ALPHA_KEY' } } };
    expect(load(json, { ALPHA_KEY: 'secret' }).sections.providers?.['alpha']?.apiKey).toBe('secret');
  });

  it('names the variable that is not set, and the field', () => {
    const json = { providers: { alpha: { ...ALPHA, apiKey: '$ALPHA_KEY' } } };
    expect(problems(json)).toEqual([
      'providers.alpha.apiKey is "$ALPHA_KEY", but the environment variable ALPHA_KEY is not set.',
    ]);
  });

  it('takes "$$NAME" for a text that begins with a dollar sign', () => {
    const json = { providers: { alpha: { ...ALPHA, apiKey: '$$ALPHA_KEY' } } };
    expect(load(json).sections.providers?.['alpha']?.apiKey).toBe('$ALPHA_KEY');
  });

  it('does not start with Stripe half configured', () => {
    expect(problems({ billing: { stripe: { secretKey: 'sk_test' } } })).toEqual([
      'billing.stripe.webhookSecret: is missing; without it payments cannot be taken.',
    ]);
  });

  it('takes MongoDB from the file or from MONGODB_URI, which comes first', () => {
    expect(load({ store: 'mongodb://db/one' }).mongoUri).toBe('mongodb://db/one');
    expect(load({ store: 'sqlite:./one.db' }).mongoUri).toBeUndefined();
    const config = load({ store: 'sqlite:./one.db' }, { MONGODB_URI: 'mongodb+srv://db/one' });
    expect(config.mongoUri).toBe('mongodb+srv://db/one');
  });

  it('refuses other stores without showing their address', () => {
    const found = problems({ store: 'postgres://me:secret@db/one' }).join();
    expect(found).toContain('mongodb://');
    expect(found).not.toContain('secret');
  });

  it('says where it is not valid JSON, without quoting it', () => {
    const found = problems('{"providers": {"alpha": {"apiKey": "secret" "x"}}}').join();
    expect(found).toContain('not valid JSON at position');
    expect(found).not.toContain('secret');
  });

  it('is named when it cannot be read', () => {
    expect(() => loadConfig({ ONEROUTER_CONFIG: 'missing.json' }, '/nowhere')).toThrow(
      '/nowhere/missing.json',
    );
  });
});
