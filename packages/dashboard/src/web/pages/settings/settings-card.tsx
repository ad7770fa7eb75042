import { Text, Title } from '@mantine/core';
import { useId } from 'react';
import type { ReactElement, ReactNode } from 'react';

export interface SettingsCardProps {
  readonly title: string;
  /** What it is about. */
  readonly about: ReactNode;
  readonly children: ReactNode;
}

/** One thing to set. */
export function SettingsCard({ title, about, children }: SettingsCardProps): ReactElement {
  const id = useId();
  return (
    <section className="or-card or-setting" aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      <Text c="dimmed" component="div">
        {about}
      </Text>
      {children}
    </section>
  );
}
