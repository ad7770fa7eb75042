import { ActionIcon, Tooltip } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import { lazy, Suspense, useDeferredValue } from 'react';
import type { ReactElement } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import { AnswerFacts } from './answer-facts.tsx';
import { AnswerProblem } from './answer-problem.tsx';
import type { Answer } from './conversation.ts';

const Markdown = lazy(() => import('./markdown.tsx'));

export interface AnswerViewProps {
  readonly answer: Answer;
  readonly busy: boolean;
  readonly onRegenerate: (id: string) => void;
}

export function AnswerView({ answer, busy, onRegenerate }: AnswerViewProps): ReactElement {
  const text = useDeferredValue(answer.text);
  const running = answer.state === 'running';
  return (
    <article className="or-answer" aria-label="Answer" aria-busy={running} data-state={answer.state}>
      {answer.reasoning !== '' && (
        <details className="or-reasoning">
          <summary>Reasoning</summary>
          <p>{answer.reasoning}</p>
        </details>
      )}
      {running && answer.text === '' && <p className="or-waiting">Waiting for the first words…</p>}
      {text !== '' && (
        <Suspense fallback={<p className="or-plain">{text}</p>}>
          <Markdown text={text} />
        </Suspense>
      )}
      <AnswerProblem answer={answer} />
      <footer className="or-answer-foot">
        <AnswerFacts answer={answer} />
        {!running && (
          <span className="or-turn-tools">
            {answer.text !== '' && <CopyButton value={answer.text} label="Copy the answer" />}
            <Tooltip label="Ask again">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label="Ask again"
                disabled={busy}
                onClick={() => onRegenerate(answer.id)}
              >
                <RotateCcw size={15} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </span>
        )}
      </footer>
    </article>
  );
}
