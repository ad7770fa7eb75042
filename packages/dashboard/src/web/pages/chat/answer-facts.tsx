import type { ReactElement } from 'react';
import { Money } from '../../components/money.tsx';
import { count } from '../../lib/format.ts';
import type { Answer } from './conversation.ts';

/** Who answered, with how many tokens, for how much. */
export function AnswerFacts({ answer }: { readonly answer: Answer }): ReactElement {
  const { model, provider, usage } = answer;
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0;
  return (
    <ul className="or-answer-facts">
      <li className="or-mono">{model}</li>
      {provider !== undefined && <li>{provider}</li>}
      {usage && (
        <li>
          {count(usage.prompt_tokens)} in{cached > 0 ? ` (${count(cached)} cached)` : ''},{' '}
          {count(usage.completion_tokens)} out
        </li>
      )}
      {usage?.cost !== undefined && (
        <li>
          <Money value={usage.cost} />
        </li>
      )}
    </ul>
  );
}
