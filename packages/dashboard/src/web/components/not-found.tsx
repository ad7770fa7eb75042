import { Button } from '@mantine/core';
import { Compass } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { EmptyState } from './empty-state.tsx';
import { Page } from './page.tsx';

export function NotFound(): ReactElement {
  return (
    <Page title="Not found">
      <EmptyState
        icon={Compass}
        title="There is nothing at this address"
        action={
          <Button component={Link} href="/models" variant="default">
            See the models
          </Button>
        }
      />
    </Page>
  );
}
