import { Alert, Button, Switch, TextInput } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { useSaveAutoTopUp } from '../../api/auto-top-up.ts';
import type { AutoTopUp } from '../../api/auto-top-up.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { amountProblem, cleanAmount } from './amount-input.ts';

/** When to buy, and how much. */
export function AutoTopUpForm({ settings }: { readonly settings: AutoTopUp }): ReactElement {
  const [enabled, setEnabled] = useState(settings.enabled);
  const [threshold, setThreshold] = useState(settings.threshold_usd);
  const [amount, setAmount] = useState(settings.amount_usd);
  const save = useSaveAutoTopUp();
  const next = { enabled, threshold_usd: cleanAmount(threshold), amount_usd: cleanAmount(amount) };
  const problems = {
    threshold: amountProblem(next.threshold_usd, undefined),
    amount: amountProblem(next.amount_usd, undefined),
  };
  const changed =
    enabled !== settings.enabled ||
    next.threshold_usd !== settings.threshold_usd ||
    next.amount_usd !== settings.amount_usd;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (problems.threshold === undefined && problems.amount === undefined) save.mutate(next);
  }

  return (
    <form className="or-auto-form" onSubmit={submit} aria-label="Auto top-up" noValidate>
      {settings.last_error !== null && (
        <Alert
          color="red"
          variant="light"
          icon={<TriangleAlert size={18} />}
          title="The last one did not work"
        >
          {settings.last_error}
        </Alert>
      )}
      {save.isError && <ErrorNotice error={save.error} title="This was not saved" />}
      <Switch
        label="Buy by itself"
        checked={enabled}
        disabled={settings.card === null && !settings.enabled}
        {...(settings.card === null && { description: 'Save a card first.' })}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      <div className="or-auto-fields">
        <TextInput
          label="When less is available than"
          inputMode="decimal"
          leftSection="$"
          value={threshold}
          error={problems.threshold}
          onChange={(event) => setThreshold(event.currentTarget.value)}
        />
        <TextInput
          label="Buy"
          inputMode="decimal"
          leftSection="$"
          value={amount}
          error={problems.amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
      </div>
      <Button type="submit" variant="default" disabled={!changed} loading={save.isPending}>
        Save
      </Button>
    </form>
  );
}
