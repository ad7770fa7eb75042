import { Button, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { SearchX } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { useModels } from '../../api/models.ts';
import type { Model } from '../../api/models.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { count } from '../../lib/format.ts';
import { FilterBar } from './filter-bar.tsx';
import { applyFilters, isNarrowed, readFilters, writeFilters } from './filters.ts';
import type { Filters, View } from './filters.ts';
import { ModelCards } from './model-cards.tsx';
import { ModelTable } from './model-table.tsx';

export default function ModelsPage(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const filters = useMemo(() => readFilters(search), [search]);
  const narrow = useMediaQuery('(max-width: 40rem)', false, { getInitialValueInEffect: false });
  const view = filters.view ?? (narrow ? 'cards' : 'table');
  const models = useModels({
    ...(filters.provider !== '' && { provider: filters.provider }),
    ...(filters.sort === 'latency' && { sort: 'latency-low-to-high' }),
  });
  const change = (changed: Partial<Filters>): void =>
    setSearch(writeFilters({ ...filters, ...changed }), { replace: true });
  return (
    <Page
      title="Models"
      description="Prices are in USD for a million tokens, at the cheapest provider, discount included."
    >
      <FilterBar filters={filters} view={view} onChange={change} />
      <QueryView query={models}>
        {(all) => (
          <Found
            models={all}
            filters={filters}
            view={view}
            onClear={() => setSearch(new URLSearchParams(), { replace: true })}
          />
        )}
      </QueryView>
    </Page>
  );
}

interface FoundProps {
  readonly models: readonly Model[];
  readonly filters: Filters;
  readonly view: View;
  readonly onClear: () => void;
}

/** Typing stays quick while the list follows. */
function Found({ models, filters, view, onClear }: FoundProps): ReactElement {
  const wanted = useDeferredValue(filters);
  const found = useMemo(() => applyFilters(models, wanted), [models, wanted]);
  if (found.length === 0) return <NothingFound narrowed={isNarrowed(wanted)} onClear={onClear} />;
  return (
    <>
      <Text c="dimmed" mb="xs" role="status">
        {count(found.length)} {found.length === 1 ? 'model' : 'models'}
      </Text>
      {view === 'cards' ? <ModelCards models={found} /> : <ModelTable models={found} />}
    </>
  );
}

function NothingFound(props: { readonly narrowed: boolean; readonly onClear: () => void }): ReactElement {
  if (!props.narrowed) {
    return (
      <EmptyState icon={SearchX} title="No models yet">
        Name providers and models in the configuration file.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="No model fits"
      action={
        <Button variant="default" onClick={props.onClear}>
          Clear the filters
        </Button>
      }
    >
      Fewer words, another provider or a higher price may help.
    </EmptyState>
  );
}
