import { Button, Group } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useModels } from '../api/models.ts';
import { CallIt } from './call-it.tsx';
import { EmptyState } from './empty-state.tsx';

export interface FirstRequestProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What will be here. */
  readonly children: string;
}

/** Where nothing was asked yet: how to ask. */
export function FirstRequest({ icon, title, children }: FirstRequestProps): ReactElement {
  const { data: models } = useModels();
  const example = models?.find(({ architecture }) => architecture.output_modalities.includes('text'));
  return (
    <EmptyState
      icon={icon}
      title={title}
      action={
        <>
          <Group justify="center">
            <Button component={Link} href="/chat">
              Ask in the chat
            </Button>
            <Button component={Link} href="/keys" variant="default">
              Create a key
            </Button>
          </Group>
          <div className="or-first-call">
            <CallIt model={example?.id ?? 'author/model'} />
          </div>
        </>
      }
    >
      {children}
    </EmptyState>
  );
}
