import { memo } from 'react';
import type { ReactElement } from 'react';
import type { GenerationRow } from '../../api/generations.ts';
import { Money } from '../../components/money.tsx';
import { clock, count, dayAndMonth, duration, speed } from '../../lib/format.ts';
import { shortHash } from '../../lib/used-names.ts';
import { StatusMark } from './status-mark.tsx';

export interface LogRowProps {
  readonly row: GenerationRow;
  readonly onOpen: (id: string) => void;
}

/** One request. On narrow screens its cells stand in three lines. */
export const LogRow = memo(function LogRow({ row, onOpen }: LogRowProps): ReactElement {
  const { attempts, error_type: error } = row;
  return (
    <>
      <div role="cell" className="or-log-time">
        <time dateTime={row.created_at}>{clock(row.created_at)}</time>
        <span className="or-note">{dayAndMonth(row.created_at)}</span>
      </div>
      <div role="cell" className="or-log-model">
        <button type="button" className="or-log-open" onClick={() => onOpen(row.id)}>
          {row.model || row.requested_model}
        </button>
        <span className="or-note">
          {row.provider_name || 'no provider'}
          {row.cache_hit && ', from the cache'}
        </span>
      </div>
      <div role="cell" className="or-log-key">
        {row.api_key_name || shortHash(row.api_key_hash)}
      </div>
      <Tokens place="in" tokens={row.tokens_prompt} part={row.tokens_cached} partName="cached" />
      <Tokens place="out" tokens={row.tokens_completion} part={row.tokens_reasoning} partName="reasoning" />
      <div role="cell" className="or-log-cost">
        <Money value={row.cost_usd} />
      </div>
      <div role="cell" className="or-log-latency or-number">
        {duration(row.latency)}
        <span className="or-note">{speed(row.tokens_per_second)}</span>
      </div>
      <div role="cell" className="or-log-status">
        <StatusMark status={row.status} />
        {(attempts.length > 1 || error) && (
          <span className="or-note">
            {attempts.length > 1 ? `${attempts.length} attempts` : error?.replaceAll('_', ' ')}
          </span>
        )}
      </div>
    </>
  );
});

function Tokens(props: {
  readonly place: 'in' | 'out';
  readonly tokens: number | null;
  readonly part: number | null;
  readonly partName: string;
}): ReactElement {
  const { place, tokens, part, partName } = props;
  return (
    <div role="cell" className={`or-log-${place} or-number`}>
      {tokens === null ? '–' : count(tokens)}
      <span className="or-log-unit"> {place}</span>
      {part !== null && part > 0 && (
        <span className="or-note">
          {count(part)} {partName}
        </span>
      )}
    </div>
  );
}
