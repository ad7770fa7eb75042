import { Button } from '@mantine/core';
import { CreditCard } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useAddCard, useRemoveCard } from '../../api/auto-top-up.ts';
import type { AutoTopUp } from '../../api/auto-top-up.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { goTo } from '../../lib/go-to.ts';

/** The card that is charged: put down at Stripe, taken away here. */
export function SavedCard({ card }: { readonly card: AutoTopUp['card'] }): ReactElement {
  const add = useAddCard();
  const remove = useRemoveCard();
  const [asking, setAsking] = useState(false);
  return (
    <>
      {add.isError && <ErrorNotice error={add.error} title="The page for the card could not be opened" />}
      <div className="or-saved-card">
        <CreditCard size={18} aria-hidden />
        <span className="or-saved-card-name">
          {card ? (
            <>
              <span className="or-brand-name">{card.brand}</span> ending in {card.last4}
            </>
          ) : (
            'No card is saved'
          )}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          loading={add.isPending || add.isSuccess}
          onClick={() => add.mutate(undefined, { onSuccess: ({ url }) => goTo(url) })}
        >
          {card ? 'Replace' : 'Save a card'}
        </Button>
        {card && (
          <Button variant="subtle" color="red" size="compact-sm" onClick={() => setAsking(true)}>
            Remove
          </Button>
        )}
      </div>
      <ConfirmDialog
        opened={asking}
        title="Remove the card?"
        confirm="Remove"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        Auto top-up stops with it.
      </ConfirmDialog>
    </>
  );
}
