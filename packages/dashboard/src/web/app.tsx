import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Router } from 'wouter';
import { createQueryClient } from './api/query-client.ts';
import { facts } from './lib/facts.ts';
import { Pages } from './shell/pages.tsx';
import { Shell } from './shell/shell.tsx';
import { colorSchemes, cssVariables, theme } from './theme.ts';

const queries = createQueryClient();

export function App(): ReactElement {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      cssVariablesResolver={cssVariables}
      getStyleNonce={() => facts.styleNonce}
    >
      <QueryClientProvider client={queries}>
        <Router base={facts.base}>
          <Shell>
            <Pages />
          </Shell>
        </Router>
      </QueryClientProvider>
    </MantineProvider>
  );
}
