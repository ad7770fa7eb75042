import { Component } from 'react';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../components/error-notice.tsx';

interface State {
  readonly error: unknown;
}

/** Catches what a page throws while it renders or loads, for example when its file was replaced by a new build. */
export class PageErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error ?? new Error('Something went wrong.') };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <ErrorNotice error={this.state.error} retry={() => location.reload()} />;
  }
}
