import { Text } from '@mantine/core';
import { CircleCheck, CircleX } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Attempt } from '../../api/generations.ts';
import { duration } from '../../lib/format.ts';

/** Who was asked, in order, and what came of it. */
export function AttemptList({ attempts }: { readonly attempts: readonly Attempt[] }): ReactElement {
  if (attempts.length === 0) return <Text c="dimmed">No provider was asked.</Text>;
  return (
    <ol className="or-attempts">
      {attempts.map((attempt, index) => {
        const answered = attempt.errorType === null;
        const Icon = answered ? CircleCheck : CircleX;
        return (
          <li key={index}>
            <span className="or-outcome" data-tone={answered ? 'good' : 'bad'}>
              <Icon size={15} aria-hidden />
              {attempt.provider}
            </span>
            <span className="or-break">{attempt.model}</span>
            <span className="or-quiet">
              {answered ? 'answered' : attempt.errorType?.replaceAll('_', ' ')}
              {attempt.status === null ? ', no answer' : `, status ${attempt.status}`},{' '}
              {duration(attempt.latencyMs)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
