import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useRefund } from '../../api/payments.ts';
import type { Payment } from '../../api/payments.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Money } from '../../components/money.tsx';
import { Timestamp } from '../../components/timestamp.tsx';

/** Gives back what is unused of a payment, after asking. */
export function RefundButton({ payment }: { readonly payment: Payment }): ReactElement {
  const [asking, setAsking] = useState(false);
  const refund = useRefund();

  function ask(): void {
    refund.reset();
    setAsking(true);
  }

  return (
    <>
      <Button variant="default" size="compact-sm" onClick={ask}>
        Refund
      </Button>
      <ConfirmDialog
        opened={asking}
        title="Refund unused credits?"
        confirm="Refund"
        busy={refund.isPending}
        error={refund.error}
        onConfirm={() => refund.mutate(payment.id, { onSuccess: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        <Text>
          <Money value={payment.refundable_usd} /> of <Money value={payment.amount_usd} /> is unused. It is
          taken from your balance and goes back the way it was paid. The fee of{' '}
          <Money value={payment.fee_usd} /> is not given back.
        </Text>
        {payment.refundable_until !== null && (
          <Text mt="xs" c="dimmed">
            This is possible until <Timestamp at={payment.refundable_until} full />.
          </Text>
        )}
      </ConfirmDialog>
    </>
  );
}
