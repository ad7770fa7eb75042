import type { ReactElement } from 'react';
import type { Method } from '../../api/api-document.ts';

export function MethodMark({ method }: { readonly method: Method }): ReactElement {
  return (
    <span className="or-method" data-method={method}>
      {method.toUpperCase()}
    </span>
  );
}
