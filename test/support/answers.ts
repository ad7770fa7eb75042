import {
  DONE,
  finishChunk,
  roleChunk,
  usageChunk,
  type Script,
  type WireUsage,
} from '@onerouter/core/testing';

/** Answers as it was asked: a stream to those who want one, one document to the rest, of one choice for each text. */
export function answers(texts: readonly string[], usage: WireUsage | null): Script {
  return (res, { json, path }) => {
    const legacy = !path.includes('chat');
    if (json?.['stream'] !== true) {
      res.setHeader('content-type', 'application/json');
      res.end(
        JSON.stringify({
          id: 'up-1',
          object: legacy ? 'text_completion' : 'chat.completion',
          created: 1_700_000_000,
          model: 'upstream-model',
          choices: texts.map((text, index) => ({
            index,
            finish_reason: 'stop',
            ...(legacy ? { text, logprobs: null } : { message: { role: 'assistant', content: text } }),
          })),
          ...(usage ? { usage } : {}),
        }),
      );
      return;
    }
    res.setHeader('content-type', 'text/event-stream');
    if (!legacy) res.write(roleChunk());
    for (const [index, text] of texts.entries()) {
      const choice = { index, finish_reason: null, ...(legacy ? { text } : { delta: { content: text } }) };
      res.write(event({ choices: [choice] }));
      if (legacy) res.write(event({ choices: [{ index, text: '', finish_reason: 'stop' }] }));
    }
    if (!legacy) res.write(finishChunk());
    if (usage) res.write(usageChunk(usage));
    res.end(DONE);
  };
}

/** One vector for each input. */
export function embeds(usage: WireUsage): Script {
  return (res, { json }) => {
    const inputs = Array.isArray(json?.['input']) ? json['input'].length : 1;
    res.setHeader('content-type', 'application/json');
    res.end(
      JSON.stringify({
        object: 'list',
        model: 'upstream-model',
        data: Array.from({ length: inputs }, (_, index) => ({
          object: 'embedding',
          index,
          embedding: [0.25, -1],
        })),
        usage,
      }),
    );
  };
}

function event(fields: object): string {
  return `data: ${JSON.stringify({ id: 'up-1', created: 1_700_000_000, model: 'upstream-model', ...fields })}\n\n`;
}
