import type { ReactElement } from 'react';
import type { FeedState } from '../../api/live-feed.ts';

const TEXTS: Readonly<Record<FeedState, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  away: 'Not live, reconnecting…',
};

/** Whether what is shown is what happens. */
export function FeedMark(props: { readonly feed: FeedState; readonly paused: boolean }): ReactElement {
  const { feed, paused } = props;
  const state = feed === 'live' && paused ? 'paused' : feed;
  return (
    <span className="or-feed" data-state={state} role="status">
      {state === 'paused' ? 'Paused' : TEXTS[feed]}
    </span>
  );
}
