import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Audience } from './navigation.ts';

export interface PageRoute {
  /** Pattern of wouter. */
  readonly path: string;
  /** Who may see it: others are asked to sign in, or told that there is no such page. */
  readonly audience: Audience;
  readonly page: LazyExoticComponent<ComponentType>;
}

/** Every page, each in a file of its own that is loaded when it is visited. */
export const ROUTES: readonly PageRoute[] = [
  { path: '/', audience: 'everybody', page: lazy(() => import('../pages/home/home-page.tsx')) },
  { path: '/models', audience: 'everybody', page: lazy(() => import('../pages/models/models-page.tsx')) },
  {
    path: '/models/:author/*',
    audience: 'everybody',
    page: lazy(() => import('../pages/model/model-page.tsx')),
  },
  { path: '/chat', audience: 'session', page: lazy(() => import('../pages/chat/chat-page.tsx')) },
  {
    path: '/activity',
    audience: 'session',
    page: lazy(() => import('../pages/activity/activity-page.tsx')),
  },
  { path: '/logs', audience: 'session', page: lazy(() => import('../pages/logs/logs-page.tsx')) },
  { path: '/credits', audience: 'session', page: lazy(() => import('../pages/credits/credits-page.tsx')) },
  { path: '/keys', audience: 'session', page: lazy(() => import('../pages/keys/keys-page.tsx')) },
  { path: '/settings', audience: 'session', page: lazy(() => import('../pages/settings/settings-page.tsx')) },
  {
    path: '/operator',
    audience: 'operator',
    page: lazy(() => import('../pages/operator/operator-page.tsx')),
  },
  {
    path: '/operator/accounts/:id',
    audience: 'operator',
    page: lazy(() => import('../pages/operator/account-page.tsx')),
  },
  { path: '/docs', audience: 'everybody', page: lazy(() => import('../pages/docs/docs-page.tsx')) },
  { path: '/sign-in', audience: 'everybody', page: lazy(() => import('../pages/sign-in/sign-in-page.tsx')) },
  { path: '/sign-up', audience: 'everybody', page: lazy(() => import('../pages/sign-in/sign-up-page.tsx')) },
  { path: '/reset', audience: 'everybody', page: lazy(() => import('../pages/reset/reset-page.tsx')) },
  { path: '/auth', audience: 'session', page: lazy(() => import('../pages/consent/consent-page.tsx')) },
];
