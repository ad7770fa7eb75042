import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { ReactElement } from 'react';
import { useModels } from '../../api/models.ts';

/** Options drawn at once; typing finds the others. */
const SHOWN = 60;

export interface ModelPickerProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
}

export function ModelPicker({ value, onChange }: ModelPickerProps): ReactElement {
  const { data: models, isError } = useModels();
  const options = useMemo(() => {
    const listed = (models ?? [])
      .filter(({ architecture }) => architecture.output_modalities.includes('text'))
      .map(({ id, name }) => ({ value: id, label: name === id ? id : `${name} (${id})` }));
    const known = value === '' || listed.some((option) => option.value === value);
    return known ? listed : [{ value, label: value }, ...listed];
  }, [models, value]);
  return (
    <Select
      className="or-model-picker"
      aria-label="Model"
      placeholder={isError ? 'Models could not be loaded' : 'Choose a model'}
      searchable
      allowDeselect={false}
      limit={SHOWN}
      nothingFoundMessage="No such model"
      data={options}
      value={value === '' ? null : value}
      onChange={(chosen) => {
        if (chosen !== null) onChange(chosen);
      }}
    />
  );
}
