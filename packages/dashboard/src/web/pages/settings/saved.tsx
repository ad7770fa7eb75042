import { Text } from '@mantine/core';
import { Check } from 'lucide-react';
import type { ReactElement } from 'react';

/** Says beside a button that what it did is done. */
export function Saved({
  shown,
  text = 'Saved',
}: {
  readonly shown: boolean;
  readonly text?: string;
}): ReactElement {
  return (
    <Text role="status" className="or-saved">
      {shown && (
        <>
          <Check size={16} aria-hidden /> {text}
        </>
      )}
    </Text>
  );
}
