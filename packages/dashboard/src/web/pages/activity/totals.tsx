import { Skeleton } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ActivityTotals } from '../../api/activity.ts';
import { Money } from '../../components/money.tsx';
import { count } from '../../lib/format.ts';

/** A range in four figures; grey while they are not there. */
export function Totals({ totals }: { readonly totals: ActivityTotals | undefined }): ReactElement {
  return (
    <dl className="or-figures or-totals">
      <Figure label="Spend">{totals && <Money value={totals.cost_usd} />}</Figure>
      <Figure label="Requests">{totals && count(totals.requests)}</Figure>
      <Figure label="Tokens in">{totals && count(totals.prompt_tokens)}</Figure>
      <Figure
        label="Tokens out"
        note={
          totals && totals.reasoning_tokens > 0
            ? `${count(totals.reasoning_tokens)} of them reasoning`
            : undefined
        }
      >
        {totals && count(totals.completion_tokens)}
      </Figure>
    </dl>
  );
}

function Figure(props: {
  readonly label: string;
  readonly note?: string | undefined;
  readonly children: ReactElement | string | undefined;
}): ReactElement {
  return (
    <div className="or-card">
      <dt>{props.label}</dt>
      <dd>
        {props.children ?? <Skeleton height={26} width={90} my={3} />}
        {props.note !== undefined && <span className="or-figure-note">{props.note}</span>}
      </dd>
    </div>
  );
}
