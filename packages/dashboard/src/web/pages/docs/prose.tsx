import type { ReactElement } from 'react';

/** A description, with what stands between backticks as code. */
export function Prose({ text }: { readonly text: string }): ReactElement {
  return (
    <>
      {text
        .split('`')
        .map((part, index) => (index % 2 === 0 ? part : <code key={`${index} ${part}`}>{part}</code>))}
    </>
  );
}
