import { Button, Group, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { useCheckout, usePrice } from '../../api/payments.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { goTo } from '../../lib/go-to.ts';
import { amountProblem, cleanAmount } from './amount-input.ts';
import { PriceLines } from './price-lines.tsx';

const PRESETS = ['10', '25', '50', '100'];
const TYPING_MS = 300;

/** An amount, its price, and the way to Stripe's page. */
export function BuyForm(): ReactElement {
  const [text, setText] = useState('25');
  const amount = cleanAmount(text);
  const [settled] = useDebouncedValue(amount, TYPING_MS);
  const limits = usePrice(PRESETS[0]).data;
  const problem = amountProblem(amount, limits);
  const price = usePrice(amountProblem(settled, limits) === undefined ? settled : undefined);
  const checkout = useCheckout();
  const shown = problem === undefined && price.data && settled === amount ? price.data : undefined;

  function buy(event: FormEvent): void {
    event.preventDefault();
    if (shown) checkout.mutate(amount, { onSuccess: ({ url }) => goTo(url) });
  }

  return (
    <form className="or-card or-buy" onSubmit={buy} aria-labelledby="buy-title" noValidate>
      <Title order={2} id="buy-title">
        Buy credits
      </Title>
      {checkout.isError && (
        <ErrorNotice error={checkout.error} title="The payment page could not be opened" />
      )}
      <TextInput
        label="Amount in US dollars"
        inputMode="decimal"
        autoComplete="off"
        leftSection="$"
        value={text}
        error={problem ?? (price.isError ? messageOf(price.error) : undefined)}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap="xs" role="group" aria-label="Amounts">
        {PRESETS.map((preset) => (
          <Button
            key={preset}
            size="xs"
            variant={amount === preset ? 'light' : 'default'}
            aria-pressed={amount === preset}
            onClick={() => setText(preset)}
          >
            ${preset}
          </Button>
        ))}
      </Group>
      <PriceLines price={shown} />
      <Button
        type="submit"
        disabled={!shown}
        loading={checkout.isPending || checkout.isSuccess}
        rightSection={<ExternalLink size={15} aria-hidden />}
      >
        Continue to payment
      </Button>
      <p className="or-note">Stripe takes the payment; no card number passes through here.</p>
    </form>
  );
}
