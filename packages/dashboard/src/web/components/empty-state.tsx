import { Text, Title } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What it is for, and how it fills. */
  readonly children?: ReactNode;
  /** A button or link that begins. */
  readonly action?: ReactNode;
}

/** Where there is nothing yet. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps): ReactElement {
  return (
    <div className="or-empty">
      <span className="or-empty-icon">
        <Icon size={22} aria-hidden />
      </span>
      <Title order={2}>{title}</Title>
      {children !== undefined && (
        <Text c="dimmed" maw={440} component="div">
          {children}
        </Text>
      )}
      {action}
    </div>
  );
}
