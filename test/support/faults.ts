import {
  BREAK,
  chunk,
  DONE,
  errorChunk,
  hang,
  refuse,
  reset,
  roleChunk,
  streams,
  textChunk,
  textStream,
  whole,
  type Script,
} from '@onerouter/core/testing';

/**
 * What has to follow from one provider's behaviour: an answer, the next candidate, an error at once, or an answer that
 * breaks off.
 */
export type Consequence = 'answers' | 'next' | 'stops' | 'breaks off';

export interface Behaviour {
  readonly name: string;
  readonly consequence: Consequence;
  readonly script: Script;
  /** A reset on a connection that was used before is tried once more on a fresh one. @default 1 */
  readonly mostCalls?: number;
}

export const TEXT = ['Hel', 'lo, ', 'Grüße 🌍'];

const refusals: readonly Behaviour[] = [
  ...[401, 402, 403, 404, 408, 429, 500, 502, 503, 504, 520, 529].map((status): Behaviour => ({
    name: `status ${status}`,
    consequence: 'next',
    script: refuse(status),
  })),
  ...[400, 409, 413, 422].map((status): Behaviour => ({
    name: `status ${status}`,
    consequence: 'stops',
    script: refuse(status),
  })),
];

const ofTheConnection: readonly Behaviour[] = [
  { name: 'reset', consequence: 'next', script: reset(), mostCalls: 2 },
  { name: 'hang', consequence: 'next', script: hang() },
];

/** How a provider that was asked for a stream may behave. */
export const STREAMED: readonly Behaviour[] = [
  { name: 'stream', consequence: 'answers', script: textStream(...TEXT) },
  ...refusals,
  ...ofTheConnection,
  before('nothing', streams()),
  before('role, then silence', silentAfter(roleChunk())),
  before('role, then a break', streams(roleChunk(), BREAK)),
  before('role, then the end', streams(roleChunk(), DONE)),
  before('an error first', streams(errorChunk({ code: 529 }), DONE)),
  before('role, then an error', streams(roleChunk(), errorChunk({ message: 'no' }), DONE)),
  before('finish reason error', streams(roleChunk(), chunk({}, 'error'), DONE)),
  before('no JSON', streams('data: {"choi\n\n')),
  before('a whole answer', whole('no')),
  after('a break', streams(roleChunk(), textChunk('Hel'), BREAK)),
  after('an orderly close', streams(roleChunk(), textChunk('Hel'))),
  after('an error', streams(textChunk('Hel'), errorChunk({ code: 500 }), DONE)),
  after('finish reason error', streams(textChunk('Hel'), chunk({}, 'error'), DONE)),
  after('no JSON', streams(textChunk('Hel'), 'data: {"id"\n\n')),
  after('silence', silentAfter(roleChunk() + textChunk('Hel'))),
];

/** How a provider that was asked for a whole answer may behave. */
export const WHOLE: readonly Behaviour[] = [
  { name: 'whole', consequence: 'answers', script: whole(TEXT.join('')) },
  ...refusals,
  ...ofTheConnection,
  before('an error inside a 200', refuse(200, { error: { code: 429 } })),
  before('no JSON', refuse(200, '<html>')),
  before('no answer', refuse(200, { choices: [] })),
  before('a body cut short', cutBody()),
];

function before(name: string, script: Script): Behaviour {
  return { name, consequence: 'next', script };
}

function after(name: string, script: Script): Behaviour {
  return { name: `text, then ${name}`, consequence: 'breaks off', script };
}

function silentAfter(events: string): Script {
  return (res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(events);
  };
}

function cutBody(): Script {
  return (res) => {
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
    res.write('{"choices":', () => res.socket?.destroy());
  };
}
