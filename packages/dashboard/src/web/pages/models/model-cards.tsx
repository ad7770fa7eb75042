import { memo } from 'react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Model } from '../../api/models.ts';
import { PerMillion } from '../../components/per-million.tsx';
import { shortCount } from '../../lib/format.ts';
import { Modalities } from './modalities.tsx';

/** One card a model; those out of sight are not laid out. */
export const ModelCards = memo(function ModelCards(props: {
  readonly models: readonly Model[];
}): ReactElement {
  return (
    <ul className="or-cards">
      {props.models.map((model) => (
        <Card key={model.id} model={model} />
      ))}
    </ul>
  );
});

const Card = memo(function Card({ model }: { readonly model: Model }): ReactElement {
  return (
    <li className="or-card or-model-card">
      <Link href={`/models/${model.id}`} className="or-model-link">
        {model.name}
      </Link>
      <span className="or-model-id">{model.id}</span>
      {model.description ? <p>{model.description}</p> : null}
      <dl>
        <div>
          <dt>Prompt</dt>
          <dd>
            <PerMillion price={model.pricing.prompt} />
          </dd>
        </div>
        <div>
          <dt>Completion</dt>
          <dd>
            <PerMillion price={model.pricing.completion} />
          </dd>
        </div>
        <div>
          <dt>Context</dt>
          <dd>{shortCount(model.context_length)}</dd>
        </div>
      </dl>
      <Modalities names={model.architecture.input_modalities} />
    </li>
  );
});
