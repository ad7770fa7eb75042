import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useApprove } from '../../api/consent.ts';
import { useProfile } from '../../api/session.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { DoorPage } from '../../components/door-page.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Money } from '../../components/money.tsx';
import { Timestamp } from '../../components/timestamp.tsx';
import { readAsked } from './asked.ts';
import type { Asked } from './asked.ts';

const PERIODS = { daily: 'a day', weekly: 'a week', monthly: 'a month' } as const;

export default function ConsentPage(): ReactElement {
  const [search] = useSearchParams();
  const asked = useMemo(() => readAsked(search), [search]);
  return (
    <DoorPage title="Give an app a key">
      {typeof asked === 'string' ? (
        <ErrorNotice error={new Error(asked)} title="This link does not work" />
      ) : (
        <Consent asked={asked} />
      )}
    </DoorPage>
  );
}

function Consent({ asked: { host, request } }: { readonly asked: Asked }): ReactElement {
  const { data: profile } = useProfile();
  const [, navigate] = useLocation();
  const approve = useApprove();

  function grant(): void {
    approve.mutate(request, {
      onSuccess: ({ redirect_url }) => {
        if (redirect_url !== null) location.assign(redirect_url);
      },
    });
  }

  if (approve.data && approve.data.redirect_url === null) {
    return (
      <Stack gap="sm">
        <Text>Copy this code into the app. It works once, for ten minutes.</Text>
        <CodeBlock code={approve.data.id} label="code" />
      </Stack>
    );
  }
  return (
    <Stack gap="md">
      {approve.isError && <ErrorNotice error={approve.error} title="The key was not given" />}
      <Text size="md">
        <strong className="or-break">{host ?? 'An app on this device'}</strong> asks for an API key of{' '}
        <strong className="or-break">{profile?.email}</strong>.
      </Text>
      <List size="sm" spacing={4}>
        <List.Item>It can call every model, and spends your credits.</List.Item>
        {request.limit !== undefined && (
          <List.Item>
            It can spend up to <Money value={request.limit} />
            {request.usage_limit_type === undefined ? '' : ` ${PERIODS[request.usage_limit_type]}`}.
          </List.Item>
        )}
        {request.expires_at !== undefined && !Number.isNaN(Date.parse(request.expires_at)) && (
          <List.Item>
            It stops working on <Timestamp at={request.expires_at} full />.
          </List.Item>
        )}
        <List.Item>It cannot see your password, your payments or your other keys.</List.Item>
        <List.Item>You can delete it at any time on the Keys page.</List.Item>
      </List>
      {host !== undefined && <Text c="dimmed">Approve only if you came here from {host} a moment ago.</Text>}
      <Group grow>
        <Button variant="default" onClick={() => navigate('/')}>
          Cancel
        </Button>
        <Button onClick={grant} loading={approve.isPending || approve.isSuccess}>
          Approve
        </Button>
      </Group>
    </Stack>
  );
}
