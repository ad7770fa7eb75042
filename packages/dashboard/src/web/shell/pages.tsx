import { Suspense } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useProfile } from '../api/session.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { NotFound } from '../components/not-found.tsx';
import { PageSkeleton } from '../components/page-skeleton.tsx';
import { hereAsReturnTo } from '../lib/return-to.ts';
import type { Audience } from './navigation.ts';
import { PageErrorBoundary } from './page-error-boundary.tsx';
import { ROUTES } from './routes.ts';
import { usePageChange } from './use-page-change.ts';

/** The page that the address names. */
export function Pages(): ReactElement {
  const [path] = useLocation();
  usePageChange(path);
  return (
    <PageErrorBoundary key={path}>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          {ROUTES.map(({ path, audience, page: Page }) => (
            <Route key={path} path={path}>
              <For audience={audience}>
                <Page />
              </For>
            </Route>
          ))}
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
    </PageErrorBoundary>
  );
}

function For({
  audience,
  children,
}: {
  readonly audience: Audience;
  readonly children: ReactNode;
}): ReactNode {
  const profile = useProfile();
  if (audience === 'everybody') return children;
  if (profile.isPending) return <PageSkeleton />;
  if (profile.isError) return <ErrorNotice error={profile.error} retry={profile.refetch} />;
  if (profile.data === null) return <Redirect to={`/sign-in?return_to=${hereAsReturnTo()}`} replace />;
  if (audience === 'operator' && profile.data.role !== 'operator') return <NotFound />;
  return children;
}
