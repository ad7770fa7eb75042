import { Text, Title } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { Generation, GenerationRow } from '../../api/generations.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { count, dateAndTime, duration, speed } from '../../lib/format.ts';
import { AttemptList } from './attempt-list.tsx';
import { CostTable } from './cost-table.tsx';
import { StatusMark, statusMeaning } from './status-mark.tsx';

/** One request: how it ended, its bill, who was tried, and its ids. */
export function Details(props: {
  readonly generation: Generation;
  readonly row: GenerationRow | undefined;
}): ReactElement {
  const { generation, row } = props;
  const { model, requested_model: requested } = generation;
  return (
    <div className="or-details">
      <div>
        <Title order={3} className="or-break">
          {model}
        </Title>
        {requested !== model && <Text c="dimmed">asked for as {requested}</Text>}
        <Text mt={6} component="div">
          <StatusMark status={generation.status} /> {statusMeaning(generation.status)}
          {generation.error_type !== null && ` Error: ${generation.error_type.replaceAll('_', ' ')}.`}
        </Text>
      </div>
      <dl className="or-details-facts">
        <Fact label="Time">{dateAndTime(generation.created_at)}</Fact>
        <Fact label="Provider">{generation.provider_name || '–'}</Fact>
        {row && <Fact label="Key">{row.api_key_name || row.api_key_hash.slice(0, 12)}</Fact>}
        <Fact label="Way">{generation.streamed ? 'Streamed' : 'In one piece'}</Fact>
        <Fact label="Tokens in">
          {tokens(generation.tokens_prompt, generation.native_tokens_cached, 'cached')}
        </Fact>
        <Fact label="Tokens out">
          {tokens(generation.tokens_completion, generation.native_tokens_reasoning, 'reasoning')}
        </Fact>
        <Fact label="First output after">{duration(generation.latency)}</Fact>
        <Fact label="Generated for">{duration(generation.generation_time)}</Fact>
        <Fact label="Speed">{speed(generation.tokens_per_second)}</Fact>
        <Fact label="Ended because">{generation.finish_reason ?? '–'}</Fact>
        {generation.cache_hit && <Fact label="Cache">Answered from the cache</Fact>}
      </dl>
      <section aria-labelledby="details-cost">
        <Title order={4} id="details-cost">
          Cost
        </Title>
        <CostTable lines={generation.lines} cost={row?.cost_usd ?? generation.total_cost} />
      </section>
      <section aria-labelledby="details-attempts">
        <Title order={4} id="details-attempts">
          Attempts
        </Title>
        <AttemptList attempts={generation.attempts} />
      </section>
      <section aria-labelledby="details-ids">
        <Title order={4} id="details-ids">
          Ids
        </Title>
        <Id label="generation" value={generation.id} />
        <Id label="request" value={generation.request_id} />
        {generation.upstream_id && <Id label="provider’s" value={generation.upstream_id} />}
      </section>
      <Text c="dimmed" size="xs">
        Prompts and answers are never kept, here or anywhere else.
      </Text>
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="or-break">{children}</dd>
    </div>
  );
}

function Id({ label, value }: { readonly label: string; readonly value: string }): ReactElement {
  return (
    <div className="or-id-row">
      <span className="or-quiet">{label}</span>
      <code className="or-break">{value}</code>
      <CopyButton value={value} label={`Copy the ${label} id`} />
    </div>
  );
}

function tokens(all: number | null, part: number | null, partName: string): string {
  if (all === null) return '–';
  return part !== null && part > 0 ? `${count(all)}, ${count(part)} ${partName}` : count(all);
}
