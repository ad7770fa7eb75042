import { LLMock } from '@copilotkit/aimock';
import { demoAnswer } from './answer.ts';
import { completionRoute, embeddingRoute } from './other-routes.ts';
import { chatQuestion } from './question.ts';

/** What the gateway has to send to a demo provider. Not a secret: it opens nothing but the demo on loopback. */
export const DEMO_PROVIDER_KEY = 'demo';

const PIECE_CHARACTERS = 24;

interface DemoProvider {
  readonly name: string;
  /** Time between the pieces of an answer. */
  readonly pieceMs: number;
  /** Every how many chat requests fails before it answers, with 503 and 529 in turn; `0` for none. */
  readonly failsEvery: number;
}

/** Cheap and flaky, sound, and fast but dear. */
export const DEMO_PROVIDERS: readonly DemoProvider[] = [
  { name: 'alpha', pieceMs: 20, failsEvery: 3 },
  { name: 'beta', pieceMs: 15, failsEvery: 0 },
  { name: 'gamma', pieceMs: 5, failsEvery: 0 },
];

/** The demo's providers, as they run. */
export interface RunningDemoProviders {
  /** Base URL by name. */
  readonly baseUrls: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

/** Starts the demo's providers, each a server on a free port of 127.0.0.1 that speaks OpenAI's API. */
export async function startDemoProviders(): Promise<RunningDemoProviders> {
  const servers = DEMO_PROVIDERS.map((provider) => ({ provider, server: demoServer(provider) }));
  await Promise.all(servers.map(({ server }) => server.start()));
  return {
    baseUrls: new Map(servers.map(({ provider, server }) => [provider.name, `${server.url}/v1`])),
    async stop() {
      await Promise.all(servers.map(({ server }) => server.stop()));
    },
  };
}

function demoServer({ name, pieceMs, failsEvery }: DemoProvider): LLMock {
  const server = new LLMock({
    port: 0,
    host: '127.0.0.1',
    latency: pieceMs,
    chunkSize: PIECE_CHARACTERS,
    logLevel: 'silent',
    auth: { apiKeys: [DEMO_PROVIDER_KEY] },
    // Its journal would keep prompts in memory; 0 would mean without limit.
    journalMaxEntries: 1,
  });
  let calls = 0;
  server.on({ endpoint: 'chat' }, function answerChat(request) {
    calls += 1;
    if (failsEvery > 0 && calls % failsEvery === 0) {
      const status = (calls / failsEvery) % 2 === 0 ? 529 : 503;
      return {
        status,
        error: { message: 'This demo provider fails now and then.', type: 'overloaded_error' },
      };
    }
    const answer = demoAnswer(name, chatQuestion(request));
    return {
      content: answer.content,
      finishReason: answer.finishReason,
      usage: { prompt_tokens: answer.promptTokens, completion_tokens: answer.completionTokens },
    };
  });
  return server
    .mount('/v1/completions', completionRoute(name, pieceMs))
    .mount('/v1/embeddings', embeddingRoute());
}
