import { Badge } from '@mantine/core';
import type { ReactElement } from 'react';
import type { AccountRow } from '../../api/operator.ts';

/** Marks those who see what operators see. */
export function RoleMark({ role }: { readonly role: AccountRow['role'] }): ReactElement | null {
  if (role !== 'operator') return null;
  return (
    <Badge size="sm" variant="outline" tt="none">
      Operator
    </Badge>
  );
}
