import { Tabs } from '@mantine/core';
import type { ReactElement } from 'react';
import { sdkBaseUrl } from '../lib/api-address.ts';
import { snippets } from '../lib/snippets.ts';
import { CodeBlock } from './code-block.tsx';

/** How to call a model, three ways, ready to copy. */
export function CallIt({ model }: { readonly model: string }): ReactElement {
  const all = snippets(sdkBaseUrl(), model);
  return (
    <Tabs defaultValue={all[0]?.id ?? null} keepMounted={false}>
      <Tabs.List aria-label="Ways to call it">
        {all.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {all.map(({ id, label, code }) => (
        <Tabs.Panel key={id} value={id} pt="sm">
          <CodeBlock code={code} label={`${label} example`} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
