import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { CodeBlock } from '../../components/code-block.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { sdkBaseUrl } from '../../lib/api-address.ts';
import { CALLERS } from './callers.ts';

/** What holds for every operation. */
export function Introduction(): ReactElement {
  return (
    <div className="or-docs-intro">
      <Text>
        Paths below are relative to the base URL. Send a key from <TextLink href="/keys">Keys</TextLink> as{' '}
        <code className="or-inline-code">Authorization: Bearer …</code>
      </Text>
      <CodeBlock code={sdkBaseUrl()} label="base URL" />
      <dl className="or-docs-callers">
        {CALLERS.map(({ label, meaning }) => (
          <div key={label}>
            <dt>
              <span className="or-tag">{label}</span>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
