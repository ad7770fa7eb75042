import { Table } from '@mantine/core';
import { memo } from 'react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Model } from '../../api/models.ts';
import { PerMillion } from '../../components/per-million.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { shortCount } from '../../lib/format.ts';
import { Modalities } from './modalities.tsx';

/** One row a model. */
export const ModelTable = memo(function ModelTable(props: {
  readonly models: readonly Model[];
}): ReactElement {
  return (
    <TableFrame label="Models and prices">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Model</Table.Th>
          <Table.Th scope="col">Takes</Table.Th>
          <Table.Th scope="col" className="or-right">
            Context
          </Table.Th>
          <Table.Th scope="col" className="or-right">
            Prompt
          </Table.Th>
          <Table.Th scope="col" className="or-right">
            Completion
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <tbody>
        {props.models.map((model) => (
          <Row key={model.id} model={model} />
        ))}
      </tbody>
    </TableFrame>
  );
});

/** Plain elements: there are hundreds of rows. */
const Row = memo(function Row({ model }: { readonly model: Model }): ReactElement {
  return (
    <tr className="or-model-row">
      <th scope="row">
        <Link href={`/models/${model.id}`} className="or-model-link">
          {model.name}
        </Link>
        <span className="or-model-id">{model.id}</span>
      </th>
      <td>
        <Modalities names={model.architecture.input_modalities} />
      </td>
      <td className="or-right or-number">{shortCount(model.context_length)}</td>
      <td className="or-right">
        <PerMillion price={model.pricing.prompt} />
      </td>
      <td className="or-right">
        <PerMillion price={model.pricing.completion} />
      </td>
    </tr>
  );
});
