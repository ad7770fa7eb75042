import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Model, Provider } from '../../api/models.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { count, shortCount } from '../../lib/format.ts';

export interface FiguresProps {
  readonly models: UseQueryResult<readonly Model[]>;
  readonly providers: UseQueryResult<readonly Provider[]>;
}

/** What is on offer, in three numbers. */
export function Figures({ models, providers }: FiguresProps): ReactElement {
  if (models.isError) return <ErrorNotice error={models.error} retry={models.refetch} />;
  const longest = models.data?.reduce((most, { context_length }) => Math.max(most, context_length ?? 0), 0);
  return (
    <dl className="or-figures">
      <Figure label="Models" value={models.data && count(models.data.length)} />
      <Figure
        label="Providers"
        value={providers.data && count(providers.data.length)}
        note={providers.data && namesOf(providers.data)}
      />
      <Figure
        label="Longest context"
        value={longest === undefined ? undefined : `${shortCount(longest)} tokens`}
      />
    </dl>
  );
}

function Figure(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly note?: string | undefined;
}): ReactElement {
  return (
    <div className="or-card">
      <dt>{props.label}</dt>
      <dd>
        {props.value === undefined ? <Skeleton height={28} width={80} /> : props.value}
        {props.note !== undefined && <span className="or-figure-note">{props.note}</span>}
      </dd>
    </div>
  );
}

function namesOf(providers: readonly Provider[]): string {
  const shown = providers.slice(0, 4).map(({ name }) => name);
  const more = providers.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
