import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { useGrant } from '../../api/operator.ts';
import type { AccountRow } from '../../api/operator.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Money } from '../../components/money.tsx';
import { isUsdInput, plainDecimal } from '../../lib/decimal.ts';
import { randomId } from '../../lib/random-id.ts';

const MAX_NOTE = 200;

export interface GrantDialogProps {
  readonly account: AccountRow;
  readonly onClose: () => void;
}

/** Asks how much, says what will happen, and grants it once: one opening of the dialog is one act. */
export function GrantDialog({ account, onClose }: GrantDialogProps): ReactElement {
  const grant = useGrant(account.id);
  const [id] = useState(randomId);
  const [amount, setAmount] = useState('');
  const [note, setNote] = useState('');
  const [step, setStep] = useState<'fill' | 'confirm'>('fill');
  const [tried, setTried] = useState(false);
  const valid = isUsdInput(amount) && plainDecimal(amount) !== '0';

  function send(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!valid) return;
    if (step === 'fill') setStep('confirm');
    else {
      const said = note.trim();
      grant.mutate({ amount_usd: amount, id, ...(said !== '' && { note: said }) }, { onSuccess: onClose });
    }
  }

  return (
    <Modal opened onClose={onClose} title="Grant credits">
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          {step === 'fill' ? (
            <>
              <TextInput
                label="Amount in USD"
                leftSection="$"
                inputMode="decimal"
                autoComplete="off"
                data-autofocus
                value={amount}
                error={tried && !valid && 'An amount such as 25 or 0.50.'}
                onChange={(event) => setAmount(event.currentTarget.value.trim())}
              />
              <TextInput
                label="Note"
                description="What it is for. The account’s owner sees it."
                maxLength={MAX_NOTE}
                autoComplete="off"
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
            </>
          ) : (
            <Text component="div" role="status">
              <strong className="or-break">{account.email}</strong> gets{' '}
              <strong>
                <Money value={amount} />
              </strong>{' '}
              at once, in addition to <Money value={account.balance_usd} />. The ledger keeps your name with
              it.
            </Text>
          )}
          {grant.isError && <ErrorNotice error={grant.error} title="Nothing is known to be granted" />}
          <Group justify="flex-end">
            {step === 'confirm' && !grant.isPending && !grant.isError && (
              <Button variant="default" onClick={() => setStep('fill')}>
                Back
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={grant.isPending}>
              {step === 'fill' ? 'Continue' : grant.isError ? 'Try again' : 'Grant'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
