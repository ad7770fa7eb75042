import { formatUsd, scaledToDecimal, type Nanos } from '@onerouter/core';
import type { Message } from '../sign-in/sender.ts';

/** What is told of an account whose credits run low. */
export interface LowBalance {
  readonly accountId: string;
  readonly email: string;
  readonly balance: Nanos;
  readonly threshold: Nanos;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The letter, in words. */
export function alertLetter({ email, balance, threshold }: LowBalance, creditsUrl?: string): Message {
  const lines = [
    `Your credits have fallen to $${inCents(balance)}, below the $${inCents(threshold)} that you asked to be told of.`,
    'Requests are refused once there is too little for them.',
    ...(creditsUrl === undefined ? [] : ['', `Add credits: ${creditsUrl}`]),
    '',
    'You get this letter once, until your balance has been above that amount again.',
  ];
  return { to: email, subject: `Your credits are low: $${inCents(balance)} left`, text: lines.join('\n') };
}

/** What the webhook gets. */
export function alertEvent({ accountId, balance, threshold, at }: LowBalance): Record<string, unknown> {
  return {
    type: 'balance.low',
    created_at: new Date(at).toISOString(),
    data: { account_id: accountId, balance_usd: formatUsd(balance), threshold_usd: formatUsd(threshold) },
  };
}

/** For reading: rounded down to a cent, so that nobody reads of more than there is. */
function inCents(nanos: Nanos): string {
  const perCent = 10_000_000n;
  const cents = nanos / perCent - (nanos < 0n && nanos % perCent !== 0n ? 1n : 0n);
  const [whole = '0', part = ''] = scaledToDecimal(cents, 2).split('.');
  return `${whole}.${part.padEnd(2, '0')}`;
}
