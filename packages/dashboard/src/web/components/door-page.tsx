import { Title } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useTitle } from '../lib/use-title.ts';

/** The frame of pages before the door: signing in, resetting, consenting. */
export function DoorPage({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  useTitle(`${title} · OneRouter`);
  return (
    <div className="or-door">
      <Title order={1}>{title}</Title>
      <div className="or-card or-door-card">{children}</div>
    </div>
  );
}
