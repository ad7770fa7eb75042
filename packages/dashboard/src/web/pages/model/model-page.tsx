import { Button, Skeleton, Text, Title } from '@mantine/core';
import { MessageSquare } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useParams } from 'wouter';
import { ApiError } from '../../api/api-error.ts';
import { useModels, useModelWithEndpoints } from '../../api/models.ts';
import type { ModelWithEndpoints } from '../../api/models.ts';
import { CallIt } from '../../components/call-it.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { NotFound } from '../../components/not-found.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { date, shortCount } from '../../lib/format.ts';
import { Modalities } from '../models/modalities.tsx';
import { EndpointTable } from './endpoint-table.tsx';

/** A model with each endpoint that serves it. */
export default function ModelPage(): ReactElement {
  const { author, '*': slug } = useParams<{ author: string; '*': string }>();
  const id = `${author}/${slug}`;
  const model = useModelWithEndpoints(id);
  if (model.error instanceof ApiError && model.error.status === 404) return <NotFound />;
  return (
    <Page
      title={model.data?.name ?? id}
      description={
        <span className="or-id-line">
          <span className="or-mono or-break">{id}</span>
          <CopyButton value={id} label="Copy the model’s id" />
        </span>
      }
      actions={
        <Button
          component={Link}
          href={`/chat?model=${encodeURIComponent(id)}`}
          leftSection={<MessageSquare size={16} aria-hidden />}
        >
          Chat with it
        </Button>
      }
    >
      <QueryView query={model} loading={<Skeleton height={220} />}>
        {(found) => <Details model={found} />}
      </QueryView>
    </Page>
  );
}

function Details({ model }: { readonly model: ModelWithEndpoints }): ReactElement {
  const listed = useModels().data?.find(({ id }) => id === model.id);
  const parameters = [...new Set(model.endpoints.flatMap((one) => one.supported_parameters))].toSorted();
  const context = Math.max(0, ...model.endpoints.map((one) => one.context_length));
  return (
    <>
      {model.description ? (
        <Text maw={720} mb="md">
          {model.description}
        </Text>
      ) : null}
      <dl className="or-facts">
        <div>
          <dt>Context</dt>
          <dd>{shortCount(context)}</dd>
        </div>
        <div>
          <dt>Takes</dt>
          <dd>
            <Modalities names={model.architecture.input_modalities} />
          </dd>
        </div>
        <div>
          <dt>Makes</dt>
          <dd>
            <Modalities names={model.architecture.output_modalities} />
          </dd>
        </div>
        {model.created > 0 && (
          <div>
            <dt>Since</dt>
            <dd>{date(model.created * 1_000)}</dd>
          </div>
        )}
        {listed?.aliases !== undefined && listed.aliases.length > 0 && (
          <div>
            <dt>Also called</dt>
            <dd className="or-mono or-break">{listed.aliases.join(', ')}</dd>
          </div>
        )}
      </dl>
      <section className="or-section" aria-labelledby="endpoints">
        <Title order={2} id="endpoints">
          Providers
        </Title>
        <Text c="dimmed">
          Prices are in USD for a million tokens, discount included. Latency is the time to the first output,
          throughput tokens a second: the median of the last half hour.
        </Text>
        <EndpointTable endpoints={model.endpoints} />
      </section>
      <section className="or-section" aria-labelledby="call">
        <Title order={2} id="call">
          Call it
        </Title>
        <CallIt model={model.id} />
        <Text c="dimmed">
          The key comes from the environment. Create one on <TextLink href="/keys">Keys</TextLink>.
        </Text>
      </section>
      {parameters.length > 0 && (
        <section className="or-section" aria-labelledby="parameters">
          <Title order={2} id="parameters">
            Parameters it understands
          </Title>
          <ul className="or-chips">
            {parameters.map((name) => (
              <li key={name} className="or-mono">
                {name}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
