import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { useProfile } from '../api/session.ts';
import type { Profile } from '../api/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { Brand } from './brand.tsx';
import { ColorSchemeToggle } from './color-scheme-toggle.tsx';
import { NAVIGATION } from './navigation.ts';
import type { Audience, NavigationItem } from './navigation.ts';

export interface SideBarProps {
  /** Called when a link is followed, so that what holds the bar can close. @default nothing */
  readonly onNavigate?: () => void;
}

/** Brand, navigation, and who is signed in. */
export function SideBar({ onNavigate = () => {} }: SideBarProps): ReactElement {
  const { data: profile, isPending } = useProfile();
  return (
    <div className="or-side-bar">
      <Link href="/" className="or-brand-link or-side-brand" aria-label="OneRouter, start page">
        <Brand />
      </Link>
      <nav aria-label="Pages">
        {NAVIGATION.map(({ label, items }) => (
          <NavigationLinks
            key={label}
            label={label}
            items={items.filter(({ audience }) => admits(audience, profile))}
            onNavigate={onNavigate}
          />
        ))}
      </nav>
      <div className="or-side-foot">
        {profile ? (
          <AccountMenu profile={profile} />
        ) : (
          !isPending && (
            <Button component={Link} href="/sign-in" size="xs" onClick={onNavigate}>
              Sign in
            </Button>
          )
        )}
        <ColorSchemeToggle />
      </div>
    </div>
  );
}

function NavigationLinks(props: {
  readonly label: string;
  readonly items: readonly NavigationItem[];
  readonly onNavigate: () => void;
}): ReactElement | null {
  const [path] = useLocation();
  if (props.items.length === 0) return null;
  return (
    <div className="or-nav-group">
      <span className="or-nav-label">{props.label}</span>
      <ul>
        {props.items.map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link
              href={href}
              className="or-nav-link"
              onClick={props.onNavigate}
              aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}
            >
              <Icon size={17} aria-hidden />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function admits(audience: Audience, profile: Profile | null | undefined): boolean {
  if (audience === 'everybody') return true;
  return audience === 'operator' ? profile?.role === 'operator' : Boolean(profile);
}
