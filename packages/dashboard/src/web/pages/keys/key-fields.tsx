import { Group, Select, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { KeyForm } from './key-form.ts';

const RESETS: readonly { readonly value: KeyForm['reset']; readonly label: string }[] = [
  { value: 'never', label: 'Never' },
  { value: 'daily', label: 'Every day' },
  { value: 'weekly', label: 'Every week' },
  { value: 'monthly', label: 'Every month' },
];

export interface KeyFieldsProps {
  readonly form: KeyForm;
  readonly problems: Partial<Record<keyof KeyForm, string>>;
  readonly onChange: (changed: Partial<KeyForm>) => void;
  /** @default true */
  readonly withExpiry?: boolean;
}

export function KeyFields({ form, problems, onChange, withExpiry = true }: KeyFieldsProps): ReactElement {
  return (
    <>
      <TextInput
        label="Name"
        description="Which program is it for?"
        maxLength={256}
        data-autofocus
        autoComplete="off"
        value={form.name}
        error={problems.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        <TextInput
          label="Limit in USD"
          placeholder="No limit"
          inputMode="decimal"
          autoComplete="off"
          value={form.limit}
          error={problems.limit}
          onChange={(event) => onChange({ limit: event.currentTarget.value.trim() })}
        />
        <Select
          label="Starts anew"
          allowDeselect={false}
          disabled={form.limit === ''}
          data={RESETS}
          value={form.reset}
          onChange={(value) =>
            onChange({ reset: RESETS.find((one) => one.value === value)?.value ?? 'never' })
          }
        />
      </Group>
      {withExpiry && (
        <TextInput
          type="date"
          label="Last day"
          description="Works until the end of that day, UTC. Leave it empty for a key without an end."
          value={form.expires}
          error={problems.expires}
          onChange={(event) => onChange({ expires: event.currentTarget.value })}
        />
      )}
    </>
  );
}
