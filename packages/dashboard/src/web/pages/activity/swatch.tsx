import type { ReactElement } from 'react';

/** The colour of a series. */
export function Swatch({ color }: { readonly color: string }): ReactElement {
  return (
    <svg width="10" height="10" aria-hidden className="or-swatch">
      <rect width="10" height="10" rx="3" fill={color} />
    </svg>
  );
}
