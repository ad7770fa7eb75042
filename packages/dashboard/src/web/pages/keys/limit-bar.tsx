import { Progress } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ApiKey } from '../../api/keys.ts';
import { Money } from '../../components/money.tsx';
import { Timestamp } from '../../components/timestamp.tsx';

const PERIODS = { daily: 'a day', weekly: 'a week', monthly: 'a month' } as const;
const NEARLY_SPENT = 0.9;

/** What a key may spend, and how much of it is gone. */
export function LimitBar({ apiKey }: { readonly apiKey: ApiKey }): ReactElement {
  const { limit, limit_remaining: left, limit_reset: reset, expires_at: expires } = apiKey;
  return (
    <div className="or-limit">
      {limit === null ? (
        <span className="or-quiet">No limit</span>
      ) : (
        <>
          <span>
            <Money value={left ?? limit} /> left of <Money value={limit} />
            {reset === null ? '' : ` ${PERIODS[reset]}`}
          </span>
          <Bar share={limit === 0 ? 1 : 1 - (left ?? limit) / limit} />
        </>
      )}
      {expires !== null && (
        <span className="or-note">
          Until <Timestamp at={expires} />
        </span>
      )}
    </div>
  );
}

/** A picture of the numbers above it; they say the exact amounts. */
function Bar({ share }: { readonly share: number }): ReactElement {
  return (
    <Progress
      value={share * 100}
      size="sm"
      color={share >= NEARLY_SPENT ? 'orange' : 'brand'}
      aria-label="Share of the limit that is spent"
    />
  );
}
