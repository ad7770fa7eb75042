import { ActionIcon, Badge, Menu, Table } from '@mantine/core';
import { Ban, Ellipsis, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useChangeKey } from '../../api/keys.ts';
import type { ApiKey } from '../../api/keys.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Money } from '../../components/money.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { Timestamp } from '../../components/timestamp.tsx';
import { LimitBar } from './limit-bar.tsx';

export interface KeyListProps {
  readonly keys: readonly ApiKey[];
  readonly onEdit: (key: ApiKey) => void;
  readonly onDelete: (key: ApiKey) => void;
}

export function KeyList({ keys, onEdit, onDelete }: KeyListProps): ReactElement {
  const [now] = useState(() => Date.now());
  return (
    <TableFrame label="Your keys" stacks>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Key</Table.Th>
          <Table.Th scope="col" className="or-right">
            This month
          </Table.Th>
          <Table.Th scope="col" className="or-right">
            In all
          </Table.Th>
          <Table.Th scope="col">Limit</Table.Th>
          <Table.Th scope="col">Created</Table.Th>
          <Table.Th scope="col">
            <span className="or-hidden">Actions</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.map((key) => (
          <Row
            key={key.hash}
            apiKey={key}
            now={now}
            onEdit={() => onEdit(key)}
            onDelete={() => onDelete(key)}
          />
        ))}
      </Table.Tbody>
    </TableFrame>
  );
}

interface RowProps {
  readonly apiKey: ApiKey;
  readonly now: number;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

function Row({ apiKey, now, onEdit, onDelete }: RowProps): ReactElement {
  const change = useChangeKey(apiKey.hash);
  return (
    <Table.Tr className={apiKey.disabled ? 'or-key-off' : ''}>
      <Table.Th scope="row" className="or-key-cell">
        <span className="or-key-name">
          <span className="or-break">{apiKey.name}</span> <State apiKey={apiKey} now={now} />
        </span>
        <span className="or-note or-mono">{apiKey.label}</span>
        {change.isError && <ErrorNotice error={change.error} title="The key was not changed" />}
      </Table.Th>
      <Table.Td className="or-right" data-label="This month">
        <Money value={apiKey.usage_monthly} />
      </Table.Td>
      <Table.Td className="or-right" data-label="In all">
        <Money value={apiKey.usage} />
      </Table.Td>
      <Table.Td data-label="Limit">
        <LimitBar apiKey={apiKey} />
      </Table.Td>
      <Table.Td data-label="Created">
        <Timestamp at={apiKey.created_at} />
      </Table.Td>
      <Table.Td className="or-right or-key-actions">
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${apiKey.name}`}>
              <Ellipsis size={17} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Pencil size={15} aria-hidden />} onClick={onEdit}>
              Edit
            </Menu.Item>
            <Menu.Item
              leftSection={
                apiKey.disabled ? <RotateCcw size={15} aria-hidden /> : <Ban size={15} aria-hidden />
              }
              onClick={() => change.mutate({ disabled: !apiKey.disabled })}
            >
              {apiKey.disabled ? 'Enable' : 'Disable'}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<Trash2 size={15} aria-hidden />} onClick={onDelete}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}

function State({ apiKey, now }: { readonly apiKey: ApiKey; readonly now: number }): ReactElement | null {
  if (apiKey.expires_at !== null && Date.parse(apiKey.expires_at) <= now) {
    return (
      <Badge size="sm" color="gray" variant="outline">
        Expired
      </Badge>
    );
  }
  if (!apiKey.disabled) return null;
  return (
    <Badge size="sm" color="gray" variant="outline">
      Disabled
    </Badge>
  );
}
