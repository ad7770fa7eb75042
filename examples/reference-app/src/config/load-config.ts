import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ConfigError } from './config-error.ts';
import { describeIssues } from './describe-issue.ts';
import { fillFromEnvironment, type Environment } from './environment.ts';
import { fileSchema, type ConfigFile } from './schema.ts';
import { DEFAULT_STORE, storeAddress, type StoreAddress } from './store-path.ts';

/** What the app runs on: the file, with the environment's overrides. */
export interface AppConfig extends StoreAddress {
  /** Absolute path of the file, or `undefined` when none is named. */
  readonly file: string | undefined;
  readonly host: string;
  /** `0` picks a free port. */
  readonly port: number;
  readonly sections: ConfigFile;
}

/**
 * Reads the JSON file that `ONEROUTER_CONFIG` names, if it names one. `HOST`, `PORT` and `MONGODB_URI` come before what
 * the file says.
 *
 * @param env the environment
 * @param cwd folder that a relative `ONEROUTER_CONFIG` starts from, and the store's path when there is no file
 * @throws {ConfigError} naming every field that is wrong, unknown, or refers to a variable that is not set
 */
export function loadConfig(env: Environment, cwd: string): AppConfig {
  const named = env['ONEROUTER_CONFIG'];
  const file = named === undefined || named === '' ? undefined : resolve(cwd, named);
  const sections = check(file ?? 'The configuration', file === undefined ? {} : readJson(file), env);
  const store = override(env, 'MONGODB_URI') ?? sections.store ?? DEFAULT_STORE;
  return {
    file,
    host: override(env, 'HOST') ?? sections.listen.host,
    port: readPort(override(env, 'PORT')) ?? sections.listen.port,
    ...storeAddress(store, file === undefined ? cwd : dirname(file)),
    sections,
  };
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (err) {
    throw new ConfigError(file, [`It cannot be read: ${(err as Error).message}.`]);
  }
  try {
    return JSON.parse(text);
  } catch (err) {
    // The parser quotes what it stumbled on, which may be a key; the position is enough to find it.
    const at = /at position \d+( \(line \d+ column \d+\))?/.exec((err as Error).message)?.[0] ?? '';
    throw new ConfigError(file, [`It is not valid JSON ${at}`.trimEnd() + '.']);
  }
}

function check(where: string, json: unknown, env: Environment): ConfigFile {
  const problems: string[] = [];
  const checked = fileSchema.safeParse(fillFromEnvironment(json, env, problems));
  if (!checked.success) problems.push(...describeIssues(checked.error));
  if (problems.length > 0 || !checked.success) throw new ConfigError(where, problems);
  return checked.data;
}

function override(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ConfigError('The environment', [`PORT must be a number from 0 to 65535, not "${text}".`]);
}
