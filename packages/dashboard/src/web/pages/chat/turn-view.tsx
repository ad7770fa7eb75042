import { memo } from 'react';
import type { ReactElement } from 'react';
import { AnswerView } from './answer-view.tsx';
import type { Turn } from './conversation.ts';
import { QuestionView } from './question-view.tsx';

export interface TurnViewProps {
  readonly turn: Turn;
  readonly last: boolean;
  /** Whether an answer is running. */
  readonly busy: boolean;
  readonly onEdit: (questionId: string, text: string) => void;
  readonly onRegenerate: (answerId: string) => void;
}

export const TurnView = memo(function TurnView(props: TurnViewProps): ReactElement {
  const { turn, busy, onEdit, onRegenerate } = props;
  return turn.role === 'user' ? (
    <QuestionView question={turn} busy={busy} onEdit={onEdit} />
  ) : (
    <AnswerView answer={turn} busy={busy} onRegenerate={onRegenerate} />
  );
});
