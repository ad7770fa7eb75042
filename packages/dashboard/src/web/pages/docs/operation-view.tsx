import { ChevronRight, Link2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import type { ApiDocument } from '../../api/api-document.ts';
import { CALLERS } from './callers.ts';
import { MethodMark } from './method-mark.tsx';
import { OperationDetails } from './operation-details.tsx';
import { Prose } from './prose.tsx';
import type { ListedOperation } from './read-operations.ts';

export interface OperationViewProps {
  readonly document: ApiDocument;
  readonly listed: ListedOperation;
  /** Whether the address points to it: then it is open, and in sight. */
  readonly pointedAt: boolean;
}

/** An operation in one line; the rest is made when somebody opens it. */
export function OperationView({ document, listed, pointedAt }: OperationViewProps): ReactElement {
  const { id, method, path, operation } = listed;
  const [open, setOpen] = useState(pointedAt);
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (!pointedAt || !element.current) return;
    element.current.open = true;
    element.current.scrollIntoView({ block: 'start' });
  }, [pointedAt]);
  return (
    <details
      ref={element}
      id={id}
      className="or-operation"
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <ChevronRight size={16} aria-hidden className="or-operation-mark" />
        <MethodMark method={method} />
        <span className="or-mono or-break or-operation-path">{path}</span>
        <span className="or-operation-summary">
          <Prose text={operation.summary ?? ''} />
        </span>
      </summary>
      {open && (
        <div className="or-operation-body">
          <div className="or-operation-callers">
            {CALLERS.filter(({ scheme }) => operation.security?.some((one) => scheme in one)).map(
              ({ label }) => (
                <span key={label} className="or-tag">
                  {label}
                </span>
              ),
            )}
            {(operation.security ?? []).length === 0 && <span className="or-tag">Open to everybody</span>}
            <a href={`#${id}`} className="or-operation-link">
              <Link2 size={15} aria-hidden /> Link to this
            </a>
          </div>
          <OperationDetails document={document} listed={listed} />
        </div>
      )}
    </details>
  );
}
