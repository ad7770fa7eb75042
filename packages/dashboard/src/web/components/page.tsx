import { Text, Title } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useTitle } from '../lib/use-title.ts';

export interface PageProps {
  /** Heading, and title of the window. */
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons beside the heading. */
  readonly actions?: ReactNode;
  /** Narrow pages are for forms and prose. @default false */
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** The frame of every page: heading, actions, content. */
export function Page({ title, description, actions, narrow = false, children }: PageProps): ReactElement {
  useTitle(`${title} · OneRouter`);
  return (
    <div className={narrow ? 'or-page or-page-narrow' : 'or-page'}>
      <header className="or-page-head">
        <div>
          <Title order={1}>{title}</Title>
          {description !== undefined && (
            <Text c="dimmed" mt={4} component="div">
              {description}
            </Text>
          )}
        </div>
        {actions !== undefined && <div className="or-page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
