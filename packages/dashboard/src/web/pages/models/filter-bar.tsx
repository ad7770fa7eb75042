import { MultiSelect, SegmentedControl, Select } from '@mantine/core';
import type { ReactElement } from 'react';
import { useProviders } from '../../api/models.ts';
import { SearchBox } from '../../components/search-box.tsx';
import { SORTS } from './filters.ts';
import type { Filters, Sort, View } from './filters.ts';

const SORT_LABELS: Readonly<Record<Sort, string>> = {
  newest: 'Newest first',
  price: 'Lowest price',
  context: 'Longest context',
  latency: 'Lowest latency',
  name: 'Name',
};
const INPUTS = ['text', 'image', 'file', 'audio', 'video'];
const CONTEXTS = [
  { value: '32000', label: '32K or more' },
  { value: '128000', label: '128K or more' },
  { value: '200000', label: '200K or more' },
  { value: '1000000', label: '1M or more' },
];
const PRICES = [
  { value: '0', label: 'Free' },
  { value: '0.2', label: 'Up to $0.20' },
  { value: '1', label: 'Up to $1' },
  { value: '3', label: 'Up to $3' },
  { value: '10', label: 'Up to $10' },
];

export interface FilterBarProps {
  readonly filters: Filters;
  /** The one that shows now. */
  readonly view: View;
  readonly onChange: (changed: Partial<Filters>) => void;
}

export function FilterBar({ filters, view, onChange }: FilterBarProps): ReactElement {
  const { data: providers = [] } = useProviders();
  return (
    <search className="or-filters">
      <div className="or-filters-search">
        <SearchBox
          label="Search models"
          value={filters.text}
          onChange={(value) => onChange({ text: value })}
        />
      </div>
      <Select
        aria-label="Provider"
        placeholder="Any provider"
        clearable
        searchable
        data={providers.map(({ slug, name }) => ({ value: slug, label: name }))}
        value={filters.provider === '' ? null : filters.provider}
        onChange={(value) => onChange({ provider: value ?? '' })}
      />
      <MultiSelect
        aria-label="Takes as input"
        placeholder={filters.inputs.length === 0 ? 'Any input' : ''}
        data={INPUTS}
        value={[...filters.inputs]}
        onChange={(inputs) => onChange({ inputs })}
      />
      <Select
        aria-label="Context"
        placeholder="Any context"
        clearable
        data={CONTEXTS}
        value={filters.minContext === 0 ? null : String(filters.minContext)}
        onChange={(value) => onChange({ minContext: Number(value ?? 0) })}
      />
      <Select
        aria-label="Prompt price for a million tokens"
        placeholder="Any price"
        clearable
        data={PRICES}
        value={filters.maxPrice === undefined ? null : String(filters.maxPrice)}
        onChange={(value) => onChange({ maxPrice: value === null ? undefined : Number(value) })}
      />
      <Select
        aria-label="Order"
        allowDeselect={false}
        data={SORTS.map((sort) => ({ value: sort, label: SORT_LABELS[sort] }))}
        value={filters.sort}
        onChange={(value) => onChange({ sort: SORTS.find((sort) => sort === value) ?? 'newest' })}
      />
      <SegmentedControl
        aria-label="View"
        className="or-filters-view"
        data={[
          { value: 'table', label: 'Table' },
          { value: 'cards', label: 'Cards' },
        ]}
        value={view}
        onChange={(chosen) => onChange({ view: chosen === 'cards' ? 'cards' : 'table' })}
      />
    </search>
  );
}
