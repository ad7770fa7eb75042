import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, messageOf } from '../../api/api-error.ts';
import { streamChat } from '../../api/chat-stream.ts';
import { settledGeneration } from '../../api/generation.ts';
import { atEnd, withChunk } from './chunk.ts';
import { ask, askAgain, askInOtherWords, changeAnswer, requestOf } from './conversation.ts';
import type { Answer, Conversation } from './conversation.ts';
import { keepConversation, readConversation } from './kept-conversation.ts';

export interface Chat {
  readonly conversation: Conversation;
  readonly running: boolean;
  readonly change: (changed: Partial<Conversation>) => void;
  readonly send: (text: string) => void;
  readonly regenerate: (answerId: string) => void;
  readonly edit: (questionId: string, text: string) => void;
  readonly stop: () => void;
}

/** The conversation of an account, and what can be done with it. One answer runs at a time. */
export function useChat(account: string): Chat {
  const [conversation, setConversation] = useState(() => readConversation(account));
  const [running, setRunning] = useState(false);
  const abort = useRef<AbortController>(undefined);

  useEffect(() => keepConversation(account, conversation), [account, conversation]);
  useEffect(() => () => abort.current?.abort(), []);

  const run = useCallback(async (asked: Conversation, fresh = false) => {
    const answer = asked.turns.at(-1);
    if (answer?.role !== 'assistant' || abort.current) return;
    const controller = new AbortController();
    abort.current = controller;
    setConversation(asked);
    setRunning(true);
    const change = (how: (answer: Answer) => Answer): void =>
      setConversation((now) => changeAnswer(now, answer.id, how));
    try {
      await streamChat(requestOf(asked), {
        signal: controller.signal,
        fresh,
        onChunk: (chunk) => change((before) => withChunk(before, chunk)),
      });
      change(atEnd);
    } catch (err) {
      change((before) => afterFailure(before, err, controller.signal.aborted));
    } finally {
      abort.current = undefined;
      setRunning(false);
    }
  }, []);

  const stop = useCallback(() => abort.current?.abort(), []);
  useCostOfStopped(conversation, setConversation);

  return {
    conversation,
    running,
    stop,
    change: (changed) => setConversation((now) => ({ ...now, ...changed })),
    send: (text) => void run(ask(conversation, text)),
    regenerate: (answerId) => void run(askAgain(conversation, answerId), true),
    edit: (questionId, text) => void run(askInOtherWords(conversation, questionId, text)),
  };
}

function afterFailure(answer: Answer, error: unknown, stopped: boolean): Answer {
  if (stopped) return { ...answer, state: 'stopped' };
  const status = error instanceof ApiError ? error.status : 0;
  return {
    ...answer,
    state: answer.text === '' ? 'failed' : 'incomplete',
    problem: { message: messageOf(error), status },
  };
}

/** Whoever stops an answer pays for what was made of it; its stream can no longer tell, its record can. */
function useCostOfStopped(
  { turns }: Conversation,
  setConversation: (change: (now: Conversation) => Conversation) => void,
): void {
  const last = turns.at(-1);
  const id = last?.role === 'assistant' && last.state === 'stopped' && !last.usage ? last.id : undefined;
  const generationId = last?.role === 'assistant' ? last.generationId : undefined;
  useEffect(() => {
    if (id === undefined || generationId === undefined) return;
    async function readRecord(answerId: string, recordId: string): Promise<void> {
      const found = await settledGeneration(recordId);
      if (!found || found.total_cost === null) return;
      const usage = {
        prompt_tokens: found.tokens_prompt ?? 0,
        completion_tokens: found.tokens_completion ?? 0,
        cost: found.total_cost,
      };
      setConversation((now) => changeAnswer(now, answerId, (answer) => ({ ...answer, usage })));
    }
    void readRecord(id, generationId);
  }, [id, generationId, setConversation]);
}
