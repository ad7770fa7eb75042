import { Skeleton, Text, Title } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useProviderHealth } from '../../api/operator.ts';
import type { ProviderHealth } from '../../api/operator.ts';
import { QueryView } from '../../components/query-view.tsx';
import { EndpointHealthTable } from './endpoint-health-table.tsx';
import { providerCondition, worstFirst } from './health-summary.ts';
import { StatusMark } from './status-mark.tsx';

/** How each provider fares, as the process that answers has seen it. */
export function ProviderHealthView(): ReactElement {
  const health = useProviderHealth();
  return (
    <section className="or-section" aria-labelledby="providers-title">
      <Title order={2} id="providers-title">
        Providers
      </Title>
      <QueryView
        query={health}
        loading={<Skeleton height={180} />}
        errorTitle="The health of the providers could not be loaded"
        empty={<Text c="dimmed">No provider is configured.</Text>}
      >
        {(providers) => (
          <div className="or-health">
            {worstFirst(providers).map((one) => (
              <Provider key={one.provider} health={one} />
            ))}
          </div>
        )}
      </QueryView>
    </section>
  );
}

/** Hundreds of rows are made only when somebody looks. */
function Provider({ health }: { readonly health: ProviderHealth }): ReactElement {
  const [open, setOpen] = useState(false);
  const { endpoints, provider } = health;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <ChevronRight size={16} aria-hidden className="or-health-mark" />
        <strong>{provider}</strong>
        <span className="or-quiet">
          {endpoints.length === 1 ? '1 endpoint' : `${endpoints.length} endpoints`}
        </span>
        <StatusMark condition={providerCondition(health)} />
      </summary>
      {open && <EndpointHealthTable provider={provider} endpoints={endpoints} />}
    </details>
  );
}
