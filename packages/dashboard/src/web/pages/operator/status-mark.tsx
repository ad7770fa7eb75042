import type { ReactElement } from 'react';
import type { Condition } from './health-summary.ts';

export function StatusMark({ condition }: { readonly condition: Condition }): ReactElement {
  return (
    <span className="or-status" data-tone={condition.tone}>
      {condition.label}
    </span>
  );
}
