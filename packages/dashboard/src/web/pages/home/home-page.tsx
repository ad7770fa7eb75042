import { Anchor, Button, Group, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useModels, useProviders } from '../../api/models.ts';
import { useProfile, useSignInMethods } from '../../api/session.ts';
import { CallIt } from '../../components/call-it.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { sdkBaseUrl } from '../../lib/api-address.ts';
import { facts } from '../../lib/facts.ts';
import { useTitle } from '../../lib/use-title.ts';
import { DemoNotice } from './demo-notice.tsx';
import { Figures } from './figures.tsx';

/** What runs here and how to call it. */
export default function HomePage(): ReactElement {
  useTitle('OneRouter');
  const { data: profile } = useProfile();
  const { data: methods } = useSignInMethods();
  const models = useModels();
  const providers = useProviders();
  const example = models.data?.find(({ architecture }) => architecture.output_modalities.includes('text'));
  return (
    <div className="or-page or-home">
      <div className="or-hero">
        <Title order={1}>One address for every model</Title>
        <Text size="md" c="dimmed" maw={560}>
          An OpenAI-compatible API that chooses among providers, falls back when one fails, and charges each
          request exactly what it used.
        </Text>
        <Group mt="md">
          {profile ? (
            <Button component={Link} href="/chat">
              Open the chat
            </Button>
          ) : (
            <Button component={Link} href={methods?.sign_up === false ? '/sign-in' : '/sign-up'}>
              {methods?.sign_up === false ? 'Sign in' : 'Create an account'}
            </Button>
          )}
          <Button component={Link} href="/models" variant="default">
            See the models
          </Button>
        </Group>
      </div>
      <Figures models={models} providers={providers} />
      {facts.demo && <DemoNotice demo={facts.demo} />}
      <section className="or-section" aria-labelledby="call">
        <Title order={2} id="call">
          Call it
        </Title>
        <Text>
          The base URL is <code className="or-inline-code">{sdkBaseUrl()}</code>. Put{' '}
          {facts.demo?.keyFile === undefined ? (
            <>
              an API key from <TextLink href="/keys">Keys</TextLink>
            </>
          ) : (
            'the demo’s API key'
          )}{' '}
          into the environment:
        </Text>
        <CodeBlock
          code={`export ONEROUTER_API_KEY=${facts.demo?.keyFile === undefined ? 'sk-or-v1-…' : `$(cat ${shellWord(facts.demo.keyFile)})`}`}
          label="environment"
        />
        <CallIt model={example?.id ?? 'author/model'} />
      </section>
      <section className="or-section" aria-labelledby="more">
        <Title order={2} id="more">
          For programs and for who runs this
        </Title>
        <ul className="or-links">
          <li>
            <TextLink href="/docs">The API reference</TextLink> has every route with examples; tools read{' '}
            <Anchor href={facts.openApiUrl ?? '/openapi.json'}>/openapi.json</Anchor>.
          </li>
          <li>
            <Anchor href={`${facts.apiBase}/models`}>{facts.apiBase}/models</Anchor> lists the models as data.
          </li>
          <li>
            <Anchor href="/health/ready">/health/ready</Anchor> says whether it can serve,{' '}
            <Anchor href="/metrics">/metrics</Anchor> has figures for Prometheus.
          </li>
        </ul>
      </section>
    </div>
  );
}

/** Quotes a path for a shell where it needs it. */
function shellWord(path: string): string {
  return /^[\w./@%+:,-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
