import { Select } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Choice, Chosen, UsedNames } from '../lib/used-names.ts';

export interface UseFiltersProps {
  readonly names: UsedNames;
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
}

/** Narrows use to a model, a provider, a key. */
export function UseFilters({ names, chosen, onChange }: UseFiltersProps): ReactElement {
  const { model, provider, key } = chosen;
  return (
    <>
      <Narrow
        label="Model"
        choices={names.models}
        value={model}
        onChange={(value) => onChange({ ...chosen, model: value })}
      />
      <Narrow
        label="Provider"
        choices={names.providers}
        value={provider}
        onChange={(value) => onChange({ ...chosen, provider: value })}
      />
      <Narrow
        label="Key"
        choices={names.keys}
        value={key}
        onChange={(value) => onChange({ ...chosen, key: value })}
      />
    </>
  );
}

export interface NarrowProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** One choice, or any. */
export function Narrow({ label, choices, value, onChange }: NarrowProps): ReactElement {
  return (
    <Select
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      searchable={choices.length > 8}
      limit={200}
      nothingFoundMessage="Nothing by that name"
      maxDropdownHeight={320}
      data={[...choices]}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}
