import { Badge, Button, Table } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useEndAllSessions, useEndSession, useSessions } from '../../api/settings.ts';
import type { Session } from '../../api/settings.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Rows } from '../../components/page-skeleton.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TableFrame } from '../../components/table-frame.tsx';
import { Timestamp } from '../../components/timestamp.tsx';
import { browserName } from '../../lib/browser-name.ts';
import { SettingsCard } from './settings-card.tsx';

export function SessionSettings(): ReactElement {
  const sessions = useSessions();
  const endAll = useEndAllSessions();
  const [asking, setAsking] = useState(false);
  const [, navigate] = useLocation();
  return (
    <SettingsCard
      title="Sessions"
      about="Browsers in which you are signed in. End those that you do not know, and change your password then."
    >
      <QueryView query={sessions} loading={<Rows count={2} />}>
        {(list) => (
          <TableFrame label="Where you are signed in" stacks>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Browser</Table.Th>
                <Table.Th scope="col">Last seen</Table.Th>
                <Table.Th scope="col">Since</Table.Th>
                <Table.Th scope="col">
                  <span className="or-hidden">Actions</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {list.map((session) => (
                <Row key={session.id} session={session} />
              ))}
            </Table.Tbody>
          </TableFrame>
        )}
      </QueryView>
      <div>
        <Button variant="default" onClick={() => setAsking(true)}>
          Sign out everywhere
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        title="Sign out everywhere?"
        confirm="Sign out everywhere"
        busy={endAll.isPending}
        error={endAll.error}
        onConfirm={() => endAll.mutate(undefined, { onSuccess: () => navigate('/sign-in') })}
        onClose={() => setAsking(false)}
      >
        Every session ends, this one too. API keys keep working.
      </ConfirmDialog>
    </SettingsCard>
  );
}

function Row({ session }: { readonly session: Session }): ReactElement {
  const end = useEndSession();
  const name = browserName(session.user_agent);
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <span title={session.user_agent ?? undefined}>{name}</span>
        {end.isError && <ErrorNotice error={end.error} title="The session was not ended" />}
      </Table.Th>
      <Table.Td data-label="Last seen">
        <Timestamp at={session.last_seen_at} full />
      </Table.Td>
      <Table.Td data-label="Since">
        <Timestamp at={session.created_at} />
      </Table.Td>
      <Table.Td className="or-right">
        {session.current ? (
          <Badge variant="outline" tt="none">
            This one
          </Badge>
        ) : (
          <Button
            variant="default"
            size="xs"
            loading={end.isPending}
            aria-label={`End the session of ${name}`}
            onClick={() => end.mutate(session.id)}
          >
            End
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
