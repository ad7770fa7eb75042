import { Tabs } from '@mantine/core';
import type { ReactElement } from 'react';
import { CodeBlock } from '../../components/code-block.tsx';
import type { Snippet } from '../../lib/snippets.ts';

/** Examples, one at a time. */
export function ExampleTabs({ examples }: { readonly examples: readonly Snippet[] }): ReactElement {
  return (
    <Tabs defaultValue={examples[0]?.id ?? null} keepMounted={false}>
      <Tabs.List aria-label="Examples">
        {examples.map(({ id, label }) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {examples.map(({ id, label, code }) => (
        <Tabs.Panel key={id} value={id} pt="xs">
          <CodeBlock code={code} label={`${label} example`} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
