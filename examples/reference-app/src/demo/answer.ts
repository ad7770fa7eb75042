const BYTES_PER_TOKEN = 4;

/** What a demo provider says, and what it reports to have used. */
export interface DemoAnswer {
  readonly content: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly finishReason: 'stop' | 'length';
}

/** The parts of a request that a demo answer depends on. */
export interface DemoQuestion {
  readonly model: string;
  /** All text of the prompt. */
  readonly text: string;
  readonly maxTokens: number | undefined;
  readonly wantsJson: boolean;
}

/** Answers any prompt, the same way each time: there is no model behind it. */
export function demoAnswer(provider: string, question: DemoQuestion): DemoAnswer {
  const said =
    `Hello! This is the demo provider "${provider}", standing in for ${question.model}. ` +
    `No model has read your ${Buffer.byteLength(question.text)} bytes, but the rest is real: the gateway chose a ` +
    'provider by price, fell back if that one failed, counted the tokens of this answer and charged your demo account ' +
    'for them. Set the key of a real provider, for example OPENAI_API_KEY, and start again to talk to a model.';
  const whole = question.wantsJson ? JSON.stringify({ answer: said }) : said;
  const limit = (question.maxTokens ?? Number.POSITIVE_INFINITY) * BYTES_PER_TOKEN;
  const content = whole.slice(0, limit);
  return {
    content,
    promptTokens: tokens(question.text),
    completionTokens: tokens(content),
    finishReason: content.length < whole.length ? 'length' : 'stop',
  };
}

/** Tokens of a text, near enough for a demo. */
export function tokens(text: string): number {
  return Math.max(1, Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN));
}
