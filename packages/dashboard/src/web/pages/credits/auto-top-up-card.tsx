import { Skeleton, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { useAutoTopUp } from '../../api/auto-top-up.ts';
import { QueryView } from '../../components/query-view.tsx';
import { AutoTopUpForm } from './auto-top-up-form.tsx';
import { SavedCard } from './saved-card.tsx';

/** Buying without being there: the saved card, and when it is charged. */
export function AutoTopUpCard(): ReactElement {
  const settings = useAutoTopUp();
  return (
    <section className="or-card or-buy" aria-labelledby="auto-title">
      <Title order={2} id="auto-title">
        Auto top-up
      </Title>
      <Text c="dimmed">Buys credits with a saved card before they run out.</Text>
      <QueryView
        query={settings}
        errorTitle="The settings could not be loaded"
        loading={<Skeleton height={150} />}
      >
        {(found) => (
          <>
            <SavedCard card={found.card} />
            <AutoTopUpForm key={JSON.stringify(found)} settings={found} />
          </>
        )}
      </QueryView>
    </section>
  );
}
