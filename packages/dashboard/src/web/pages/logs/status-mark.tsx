import { Ban, CircleCheck, CircleX, Clock, Unplug } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Generation } from '../../api/generations.ts';

interface Look {
  readonly label: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet';
  readonly icon: LucideIcon;
  readonly meaning: string;
}

const LOOKS: Readonly<Record<Generation['status'], Look>> = {
  complete: { label: 'Complete', tone: 'good', icon: CircleCheck, meaning: 'Answered whole.' },
  cancelled: {
    label: 'Cancelled',
    tone: 'warn',
    icon: Ban,
    meaning: 'The client left; what was generated until then is charged.',
  },
  failed: {
    label: 'Failed',
    tone: 'bad',
    icon: CircleX,
    meaning: 'No output reached the client; it costs nothing.',
  },
  truncated: {
    label: 'Truncated',
    tone: 'bad',
    icon: Unplug,
    meaning: 'The provider failed after output had begun; it costs nothing.',
  },
  pending: { label: 'Running', tone: 'quiet', icon: Clock, meaning: 'It has not ended.' },
};

/** How a request ended, told by word, icon and colour. */
export function StatusMark({ status }: { readonly status: Generation['status'] }): ReactElement {
  const { label, tone, icon: Icon } = LOOKS[status];
  return (
    <span className="or-outcome" data-tone={tone}>
      <Icon size={14} aria-hidden />
      {label}
    </span>
  );
}

export function statusLabel(status: Generation['status']): string {
  return LOOKS[status].label;
}

export function statusMeaning(status: Generation['status']): string {
  return LOOKS[status].meaning;
}
