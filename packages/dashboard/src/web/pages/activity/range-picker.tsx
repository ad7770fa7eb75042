import { Group, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { daysIn, isDay, today } from '../../lib/days.ts';
import { MAX_DAYS, RANGES } from './query.ts';
import type { Range } from './query.ts';

export interface RangePickerProps {
  readonly range: Range | 'custom';
  readonly from: string;
  readonly to: string;
  readonly onRange: (range: Range) => void;
  readonly onDays: (from: string, to: string) => void;
}

/** The last 7, 30 or 90 days, or any two days. Days are those of UTC, as charges are. */
export function RangePicker(props: RangePickerProps): ReactElement {
  const { range, from, to, onRange, onDays } = props;
  const [choosing, setChoosing] = useState(range === 'custom');

  function choose(value: string): void {
    const preset = RANGES.find((days) => String(days) === value);
    setChoosing(preset === undefined);
    if (preset === undefined) onDays(from, to);
    else onRange(preset);
  }

  return (
    <Group gap="xs" align="flex-end" wrap="wrap">
      <SegmentedControl
        aria-label="Range"
        data={[
          ...RANGES.map((days) => ({ value: String(days), label: `${days} days` })),
          { value: 'custom', label: 'Custom' },
        ]}
        value={choosing ? 'custom' : String(range)}
        onChange={choose}
      />
      {choosing && <Days key={`${from} ${to}`} from={from} to={to} onDays={onDays} />}
    </Group>
  );
}

/** Both days have to make a range before it is asked for. */
function Days({ from, to, onDays }: Pick<RangePickerProps, 'from' | 'to' | 'onDays'>): ReactElement {
  const [days, setDays] = useState({ from, to });
  const problem = problemOf(days.from, days.to);

  function change(changed: Partial<typeof days>): void {
    const next = { ...days, ...changed };
    setDays(next);
    if (problemOf(next.from, next.to) === undefined) onDays(next.from, next.to);
  }

  return (
    <>
      <TextInput
        type="date"
        label="From"
        value={days.from}
        max={today()}
        error={problem}
        onChange={(event) => change({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="To"
        value={days.to}
        max={today()}
        onChange={(event) => change({ to: event.currentTarget.value })}
      />
    </>
  );
}

function problemOf(from: string, to: string): string | undefined {
  if (!isDay(from) || !isDay(to)) return 'Choose both days';
  if (from > to) return 'The first day is after the last';
  return daysIn(from, to) > MAX_DAYS ? `At most ${MAX_DAYS} days` : undefined;
}
