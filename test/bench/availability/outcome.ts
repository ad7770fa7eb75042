/** How a request ended, as its client sees it. */
export type Outcome =
  /** Status 200, the right text, a finish reason, and the end mark of a stream. */
  | 'whole'
  /** Says that it failed: a status from 400, an error inside, a broken connection, no answer in time. */
  | 'error'
  /** Ended in good order without an error, and is not all of the answer. */
  | 'half shown as whole';

interface Choice {
  readonly message?: { readonly content?: string | null };
  readonly delta?: { readonly content?: string | null };
  readonly finish_reason?: string | null;
}

interface Answer {
  readonly choices?: readonly Choice[];
  readonly error?: unknown;
}

/**
 * Judges an answer that arrived in good order.
 *
 * @param text the only right one
 */
export function outcomeOf(status: number, body: string, text: string): Outcome {
  if (status !== 200) return 'error';
  const events = body.startsWith('{') ? undefined : eventsIn(body);
  const answers = events ? events.filter((data) => data !== '[DONE]').map(parse) : [parse(body)];
  if (answers.some(saysError)) return 'error';
  const choices = answers.flatMap((one) => one?.choices ?? []);
  const said = choices.map(({ message, delta }) => (message ?? delta)?.content ?? '').join('');
  const finished = choices.some(({ finish_reason }) => finish_reason === 'stop');
  const ended = events === undefined || events.at(-1) === '[DONE]';
  return said === text && finished && ended ? 'whole' : 'half shown as whole';
}

function eventsIn(body: string): readonly string[] {
  return body
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => event.slice('data: '.length));
}

/** Every client stumbles over what cannot be read. */
function saysError(answer: Answer | undefined): boolean {
  return answer === undefined || (answer.error !== undefined && answer.error !== null);
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}
