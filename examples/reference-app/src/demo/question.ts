import type { DemoQuestion } from './answer.ts';

/** Reads the parts of a chat request that a demo answer depends on. */
export function chatQuestion(request: Readonly<Record<string, unknown>>): DemoQuestion {
  const messages = Array.isArray(request['messages']) ? (request['messages'] as readonly unknown[]) : [];
  const format = request['response_format'] as { type?: unknown } | undefined;
  return {
    model: textOf(request['model']),
    text: messages.map(messageText).join('\n'),
    maxTokens: limit(request['max_completion_tokens']) ?? limit(request['max_tokens']),
    wantsJson: format?.type === 'json_object' || format?.type === 'json_schema',
  };
}

/** The same of a legacy completion. */
export function completionQuestion(request: Readonly<Record<string, unknown>>): DemoQuestion {
  return {
    model: textOf(request['model']),
    text: inputText(request['prompt']),
    maxTokens: limit(request['max_tokens']),
    wantsJson: false,
  };
}

/** The texts of a `prompt` or `input`, which may be one text or a list of texts. */
export function inputTexts(input: unknown): readonly string[] {
  return Array.isArray(input) ? input.map(textOf) : [textOf(input)];
}

function inputText(input: unknown): string {
  return inputTexts(input).join('\n');
}

function messageText(message: unknown): string {
  const { content } = (message ?? {}) as { content?: unknown };
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => textOf((part as { text?: unknown } | null)?.text)).join('\n');
}

/** A text as it is; anything else, such as a list of tokens, as JSON. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function limit(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined;
}
