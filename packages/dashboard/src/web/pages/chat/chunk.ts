import type { ChatChunk } from '../../api/chat-stream.ts';
import type { Answer } from './conversation.ts';

/** An answer with one more piece of its stream. */
export function withChunk(answer: Answer, chunk: ChatChunk): Answer {
  const choice = chunk.choices?.[0];
  const finishReason = choice?.finish_reason ?? answer.finishReason;
  return {
    ...answer,
    text: answer.text + (choice?.delta?.content ?? ''),
    reasoning: answer.reasoning + (choice?.delta?.reasoning ?? ''),
    model: chunk.model ?? answer.model,
    ...(chunk.provider !== undefined && { provider: chunk.provider }),
    ...(chunk.id !== undefined && { generationId: chunk.id }),
    ...(finishReason !== undefined && { finishReason }),
    ...(chunk.usage && { usage: chunk.usage }),
    ...(chunk.error && { problem: { message: chunk.error.message ?? 'The provider failed.', status: 200 } }),
  };
}

/** An answer whose stream has ended: complete only with a reason to finish, and one that is no failure. */
export function atEnd(answer: Answer): Answer {
  const { finishReason, problem } = answer;
  if (problem !== undefined || finishReason === undefined || finishReason === 'error') {
    return {
      ...answer,
      state: 'incomplete',
      problem: problem ?? { message: 'The answer broke off before its end.', status: 200 },
    };
  }
  return { ...answer, state: 'complete' };
}
