import { Alert, Loader, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck, Info } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { CREDITS_KEY } from '../../api/credits.ts';
import { latestPurchase } from '../../api/payments.ts';
import type { Payments } from '../../api/payments.ts';
import { Money } from '../../components/money.tsx';

export interface ReturnNoticeProps {
  /** How Stripe's page was left; `null` where nobody comes from there. */
  readonly returned: string | null;
  readonly payments: Payments;
  readonly onClose: () => void;
}

/** What became of the purchase from which somebody returns. */
export function ReturnNotice({ returned, payments, onClose }: ReturnNoticeProps): ReactElement | null {
  const queries = useQueryClient();
  const payment = latestPurchase(payments.data?.pages[0]?.data ?? []);
  const status = returned === 'success' ? payment?.status : undefined;
  useEffect(() => {
    if (status === 'paid') void queries.invalidateQueries({ queryKey: [...CREDITS_KEY, 'balance'] });
    if (status === 'paid') void queries.invalidateQueries({ queryKey: [...CREDITS_KEY, 'entries'] });
  }, [status, queries]);

  if (returned === 'cancelled') {
    return (
      <Notice title="Nothing was paid" onClose={onClose}>
        You left the payment page before paying. The amount can be chosen again below.
      </Notice>
    );
  }
  if (returned !== 'success' || payments.data === undefined) return null;
  if (status === 'pending') {
    return (
      <Notice title="The payment is on its way" icon={<Loader size={18} />} onClose={onClose}>
        The credits are added as soon as the payment is confirmed, most often within seconds. This page looks
        for them by itself. Some ways to pay take days; nothing has to be kept open for that.
      </Notice>
    );
  }
  if (payment && status === 'failed') {
    return (
      <Notice title="The payment did not work" color="red" onClose={onClose}>
        It was declined or not completed, and nothing was added. Try again, or pay another way.
      </Notice>
    );
  }
  if (!payment || status !== 'paid') return null;
  return (
    <Notice title="Thank you, the credits are there" icon={<CircleCheck size={18} />} onClose={onClose}>
      <Money value={payment.amount_usd} /> was added, <Money value={payment.total_usd} /> was paid.
    </Notice>
  );
}

function Notice(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly color?: string;
  readonly icon?: ReactNode;
  readonly onClose: () => void;
}): ReactElement {
  const { title, children, color = 'brand', icon = <Info size={18} />, onClose } = props;
  return (
    <Alert
      role="status"
      variant="light"
      color={color}
      icon={icon}
      title={title}
      withCloseButton
      closeButtonLabel="Close this notice"
      onClose={onClose}
    >
      <Text>{children}</Text>
    </Alert>
  );
}
