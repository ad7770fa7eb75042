import { Button, Group } from '@mantine/core';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useKeys } from '../../api/keys.ts';
import type { ApiKey } from '../../api/keys.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { CreateKeyDialog } from './create-key-dialog.tsx';
import { DeleteKeyDialog } from './delete-key-dialog.tsx';
import { EditKeyDialog } from './edit-key-dialog.tsx';
import { KeyList } from './key-list.tsx';

type Open =
  { readonly what: 'create' } | { readonly what: 'edit' | 'delete'; readonly key: ApiKey } | undefined;

export default function KeysPage(): ReactElement {
  const keys = useKeys();
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const create = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setOpen({ what: 'create' })}>
      Create a key
    </Button>
  );
  return (
    <Page
      title="Keys"
      description="API keys call models in your name and spend your credits. Each can have a limit of its own."
      actions={create}
    >
      <QueryView
        query={keys}
        isEmpty={({ pages }) => pages.every((page) => page.length === 0)}
        empty={
          <EmptyState icon={KeyRound} title="No keys yet" action={create}>
            A program needs a key to call the API. Give each program its own, so that one can be taken back
            without touching the others.
          </EmptyState>
        }
      >
        {({ pages }) => (
          <>
            <KeyList
              keys={pages.flat()}
              onEdit={(key) => setOpen({ what: 'edit', key })}
              onDelete={(key) => setOpen({ what: 'delete', key })}
            />
            {keys.hasNextPage && (
              <Group justify="center" mt="md">
                <Button
                  variant="default"
                  loading={keys.isFetchingNextPage}
                  onClick={() => void keys.fetchNextPage()}
                >
                  Show more
                </Button>
              </Group>
            )}
          </>
        )}
      </QueryView>
      {open?.what === 'create' && <CreateKeyDialog onClose={close} />}
      {open?.what === 'edit' && <EditKeyDialog apiKey={open.key} onClose={close} />}
      {open?.what === 'delete' && <DeleteKeyDialog apiKey={open.key} onClose={close} />}
    </Page>
  );
}
