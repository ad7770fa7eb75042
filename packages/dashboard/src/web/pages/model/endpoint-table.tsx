import { Table, Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Endpoint } from '../../api/models.ts';
import { PerMillion } from '../../components/per-million.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { duration, percent, shortCount } from '../../lib/format.ts';

const COLUMNS = ['Prompt', 'Completion', 'Cached', 'Context', 'Output', 'Uptime', 'Latency', 'Throughput'];

/** One row an endpoint, in the order the API has them. */
export function EndpointTable({ endpoints }: { readonly endpoints: readonly Endpoint[] }): ReactElement {
  return (
    <TableFrame label="Providers of this model" stacks>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Provider</Table.Th>
          <Table.Th scope="col">Status</Table.Th>
          {COLUMNS.map((name) => (
            <Table.Th key={name} scope="col" className="or-right">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {endpoints.map((endpoint) => (
          <Row key={endpoint.tag} endpoint={endpoint} />
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

function Row({ endpoint }: { readonly endpoint: Endpoint }): ReactElement {
  const { pricing, latency_last_30m: latency, throughput_last_30m: throughput } = endpoint;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <strong>{endpoint.provider_name}</strong>
        <Notes endpoint={endpoint} />
      </Table.Th>
      <Table.Td data-label="Status">
        <Status endpoint={endpoint} />
      </Table.Td>
      <Table.Td className="or-right" data-label="Prompt">
        <PerMillion price={pricing.prompt} />
      </Table.Td>
      <Table.Td className="or-right" data-label="Completion">
        <PerMillion price={pricing.completion} />
      </Table.Td>
      <Table.Td className="or-right" data-label="Cached">
        <PerMillion price={pricing.input_cache_read} />
      </Table.Td>
      <Table.Td className="or-right or-number" data-label="Context">
        {shortCount(endpoint.context_length)}
      </Table.Td>
      <Table.Td className="or-right or-number" data-label="Output">
        {shortCount(endpoint.max_completion_tokens)}
      </Table.Td>
      <Table.Td className="or-right or-number" data-label="Uptime">
        {percent(endpoint.uptime_last_1d)}
      </Table.Td>
      <Table.Td className="or-right or-number" data-label="Latency">
        {duration(latency?.p50)}
      </Table.Td>
      <Table.Td className="or-right or-number" data-label="Throughput">
        {throughput ? `${Math.round(throughput.p50)} t/s` : '–'}
      </Table.Td>
    </Table.Tr>
  );
}

function Notes({ endpoint }: { readonly endpoint: Endpoint }): ReactElement | null {
  const { pricing, quantization, trains_on_prompts, retains_prompts } = endpoint;
  const discount = pricing.discount ?? 0;
  const notes = [
    ...(discount > 0 ? [`${percent(discount * 100)} off`] : []),
    ...(quantization === null ? [] : [quantization]),
    ...(trains_on_prompts === true ? ['trains on prompts'] : []),
    ...(retains_prompts === true ? ['keeps prompts'] : []),
  ];
  return notes.length === 0 ? null : <span className="or-note">{notes.join(' · ')}</span>;
}

const STATES: Readonly<Record<number, { label: string; tone: string; meaning: string }>> = {
  0: { label: 'Healthy', tone: 'good', meaning: 'It answers.' },
  [-1]: {
    label: 'In trouble',
    tone: 'warn',
    meaning: 'It failed in the last seconds; others are tried first.',
  },
  [-2]: { label: 'Left alone', tone: 'bad', meaning: 'It failed too often; it is tried again in a while.' },
};

function Status({ endpoint }: { readonly endpoint: Endpoint }): ReactElement {
  const state = STATES[endpoint.status] ?? { label: 'Unknown', tone: 'warn', meaning: '' };
  return (
    <Tooltip label={state.meaning} disabled={state.meaning === ''}>
      <span className="or-status" data-tone={state.tone}>
        {state.label}
      </span>
    </Tooltip>
  );
}
