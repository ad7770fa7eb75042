import { Table } from '@mantine/core';
import type { ReactElement } from 'react';
import type { EndpointHealth } from '../../api/operator.ts';
import { TableFrame } from '../../components/table-frame.tsx';
import { duration, percent } from '../../lib/format.ts';
import { conditionOf } from './health-summary.ts';
import { StatusMark } from './status-mark.tsx';

const BREAKERS: Readonly<Record<EndpointHealth['breaker'], string>> = {
  closed: 'Closed',
  open: 'Open',
  half_open: 'Half open',
};
const FIGURES = ['Up 5 min', '30 min', '1 day', 'Latency', 'Throughput'];

export interface EndpointHealthTableProps {
  readonly provider: string;
  readonly endpoints: readonly EndpointHealth[];
}

export function EndpointHealthTable({ provider, endpoints }: EndpointHealthTableProps): ReactElement {
  return (
    <TableFrame label={`Endpoints of ${provider}`} stacks>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Model</Table.Th>
          <Table.Th scope="col">Status</Table.Th>
          <Table.Th scope="col">Breaker</Table.Th>
          {FIGURES.map((name) => (
            <Table.Th key={name} scope="col" className="or-right">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {endpoints.map((one) => (
          <Row key={`${one.model} ${one.upstream_model}`} endpoint={one} />
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

function Row({ endpoint }: { readonly endpoint: EndpointHealth }): ReactElement {
  const values = [
    percent(endpoint.uptime_last_5m),
    percent(endpoint.uptime_last_30m),
    percent(endpoint.uptime_last_1d),
    duration(endpoint.latency_p50),
    endpoint.throughput_p50 === null ? '–' : `${Math.round(endpoint.throughput_p50)} t/s`,
  ];
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <span className="or-break">{endpoint.model}</span>
        <span className="or-note or-mono or-break">{endpoint.upstream_model}</span>
      </Table.Th>
      <Table.Td data-label="Status">
        <StatusMark condition={conditionOf(endpoint)} />
      </Table.Td>
      <Table.Td data-label="Breaker">{BREAKERS[endpoint.breaker]}</Table.Td>
      {FIGURES.map((name, index) => (
        <Table.Td key={name} className="or-right or-number" data-label={name}>
          {values[index]}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
