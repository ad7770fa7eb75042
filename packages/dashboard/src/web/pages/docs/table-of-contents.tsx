import type { ReactElement } from 'react';
import { MethodMark } from './method-mark.tsx';
import type { OperationGroup } from './read-operations.ts';

export interface TableOfContentsProps {
  readonly groups: readonly OperationGroup[];
  /** Anchor of the operation that is looked at. */
  readonly current: string;
}

export function TableOfContents({ groups, current }: TableOfContentsProps): ReactElement {
  return (
    <nav aria-label="Operations" className="or-docs-contents" tabIndex={0}>
      {groups.map(({ tag, operations }) => (
        <div key={tag}>
          <span className="or-nav-label">{tag}</span>
          <ul>
            {operations.map(({ id, method, path }) => (
              <li key={id}>
                <a href={`#${id}`} aria-current={id === current ? 'location' : undefined}>
                  <MethodMark method={method} />
                  <span>{path}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
