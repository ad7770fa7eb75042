import type { DemoKeys } from './demo/keys.ts';
import { DEMO_EMAIL } from './demo/sections.ts';

/** What the first lines on standard output are made of. */
export interface Announcement {
  /** `http://HOST:PORT` as it is listened on. */
  readonly address: string;
  /** The same as somebody on this machine would call it. */
  readonly localAddress: string;
  /** In the demo only. */
  readonly demoKeys: DemoKeys | undefined;
  /** Whether pages are served. */
  readonly pages: boolean;
  /** Providers that answer. */
  readonly providers: readonly string[];
  readonly models: number;
  /** Accounts that the configuration names. */
  readonly accounts: number;
}

/**
 * What the app says once it answers. The line that says so comes last, so that whoever waits for it has read the rest. The
 * key is shown in the demo only, where it opens nothing but the demo.
 */
export function announcement(about: Announcement): string {
  const { address, localAddress, demoKeys, pages, providers, models, accounts } = about;
  const lines = [
    ...(pages ? [`Pages:       ${localAddress}/`] : []),
    `Models:      ${models}, from ${providers.length === 0 ? 'no provider' : providers.join(', ')}`,
  ];
  if (demoKeys) {
    lines.push(
      `API key:     ${demoKeys.apiKey}`,
      `             (demo account; kept in ${demoKeys.apiKeyFile})`,
      ...(pages ? [`Sign in:     ${DEMO_EMAIL}, password ${demoKeys.password}`] : []),
      '',
      'No provider key is set, so the providers are pretend ones on this machine. Try:',
      '',
      demoCurl(localAddress, demoKeys.apiKey),
      '',
    );
  }
  if (accounts === 0) {
    lines.push(
      'API key:     none is configured; bootstrap.accounts in the configuration file makes an account with one',
    );
  }
  return [...lines, `OneRouter is ready at ${address}`].join('\n');
}

/** A command that works as it stands. */
export function demoCurl(address: string, apiKey: string): string {
  const body = JSON.stringify({
    model: 'openai/gpt-4o-mini',
    messages: [{ role: 'user', content: 'Hello, who are you?' }],
  });
  return (
    `curl ${address}/v1/chat/completions -H 'Authorization: Bearer ${apiKey}' ` +
    `-H 'Content-Type: application/json' -d '${body.replaceAll("'", "'\\''")}'`
  );
}
