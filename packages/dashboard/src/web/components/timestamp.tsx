import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { date, dateAndTime } from '../lib/format.ts';

/** A time as a day; the whole of it on demand. */
export function Timestamp({
  at,
  full = false,
}: {
  readonly at: string;
  readonly full?: boolean;
}): ReactElement {
  return (
    <Tooltip label={dateAndTime(at)}>
      <time dateTime={at}>{full ? dateAndTime(at) : date(at)}</time>
    </Tooltip>
  );
}
