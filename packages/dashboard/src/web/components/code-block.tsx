import type { ReactElement } from 'react';
import { CopyButton } from './copy-button.tsx';

/** Text to copy into a terminal or an editor. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }): ReactElement {
  return (
    <div className="or-code">
      <pre tabIndex={0} aria-label={label}>
        <code>{code}</code>
      </pre>
      <div className="or-code-copy">
        <CopyButton value={code} label={`Copy ${label}`} />
      </div>
    </div>
  );
}
