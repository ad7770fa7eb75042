import { Button, Table, UnstyledButton } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import type { ActivityRow } from '../../api/activity.ts';
import { Money } from '../../components/money.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { longDay } from '../../lib/days.ts';
import { count } from '../../lib/format.ts';
import { shortHash } from '../../lib/used-names.ts';
import { COLUMNS, sortRows } from './sort-rows.ts';
import type { Sorting } from './sort-rows.ts';

const ROWS_A_PAGE = 25;

/** A row for each day, model, provider and key; by what its headings are pressed for. */
export function RowsTable({ rows }: { readonly rows: readonly ActivityRow[] }): ReactElement {
  const [sorting, setSorting] = useState<Sorting>({ column: 'date', descending: true });
  const [shown, setShown] = useState(ROWS_A_PAGE);
  const sorted = useMemo(() => sortRows(rows, sorting), [rows, sorting]);
  return (
    <>
      <TableFrame label="Use by day, model, provider and key">
        <Table.Thead>
          <Table.Tr>
            {COLUMNS.map(({ id, label, numeric }) => {
              const current = sorting.column === id;
              const Arrow = sorting.descending ? ArrowDown : ArrowUp;
              return (
                <Table.Th
                  key={id}
                  scope="col"
                  className={numeric ? 'or-right' : ''}
                  aria-sort={current ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
                >
                  <UnstyledButton
                    className="or-sort"
                    onClick={() =>
                      setSorting({
                        column: id,
                        descending: current ? !sorting.descending : numeric || id === 'date',
                      })
                    }
                  >
                    {label}
                    {current && <Arrow size={13} aria-hidden />}
                  </UnstyledButton>
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.slice(0, shown).map((row) => (
            <Row key={`${row.date} ${row.model} ${row.provider_name} ${row.api_key_hash}`} row={row} />
          ))}
        </Table.Tbody>
      </TableFrame>
      {sorted.length > shown && (
        <div className="or-more">
          <Button variant="default" onClick={() => setShown(shown + ROWS_A_PAGE)}>
            Show {Math.min(ROWS_A_PAGE, sorted.length - shown)} more of {count(sorted.length)}
          </Button>
        </div>
      )}
    </>
  );
}

function Row({ row }: { readonly row: ActivityRow }): ReactElement {
  return (
    <Table.Tr>
      <Table.Td className="or-nowrap">{longDay(row.date)}</Table.Td>
      <Table.Td className="or-model-cell">{row.model || 'Not answered'}</Table.Td>
      <Table.Td>{row.provider_name || '–'}</Table.Td>
      <Table.Td>{row.api_key_name || (row.api_key_hash ? shortHash(row.api_key_hash) : '–')}</Table.Td>
      <Table.Td className="or-right or-number">{count(row.requests)}</Table.Td>
      <Table.Td className="or-right or-number">{count(row.prompt_tokens)}</Table.Td>
      <Table.Td className="or-right or-number">{count(row.completion_tokens)}</Table.Td>
      <Table.Td className="or-right">
        <Money value={row.usage_usd} />
      </Table.Td>
    </Table.Tr>
  );
}
