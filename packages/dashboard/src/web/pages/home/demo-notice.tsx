import { Alert, Text } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Facts } from '../../lib/facts.ts';

export function DemoNotice({ demo }: { readonly demo: NonNullable<Facts['demo']> }): ReactElement {
  return (
    <Alert variant="light" color="brand" icon={<FlaskConical size={18} />} title="This is the demo">
      <Text>
        No provider key is set, so the providers are pretend ones on this machine, and one of them fails now
        and then. Routing, fallback, metering and charging are real. Set the key of a provider, for example{' '}
        <code>OPENAI_API_KEY</code>, and start again to reach real models.
      </Text>
      {demo.keyFile !== undefined && (
        <Text mt="xs">
          The demo account’s API key was printed at the start and is kept in{' '}
          <code className="or-break">{demo.keyFile}</code>.
        </Text>
      )}
      {demo.signIn !== undefined && <Text mt="xs">{demo.signIn}</Text>}
    </Alert>
  );
}
