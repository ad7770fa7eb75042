import { Menu } from '@mantine/core';
import { ChevronsUpDown, LogOut } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useSignOut } from '../api/session.ts';
import type { Profile } from '../api/session.ts';

/** Who is signed in, and the way out. */
export function AccountMenu({ profile }: { readonly profile: Profile }): ReactElement {
  const [, navigate] = useLocation();
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className="or-account">
          <span className="or-account-mark" aria-hidden>
            {profile.email.slice(0, 1).toUpperCase()}
          </span>
          <span className="or-account-email">{profile.email}</span>
          <ChevronsUpDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<LogOut size={15} aria-hidden />}
          onClick={() => signOut.mutate(undefined, { onSuccess: () => navigate('/') })}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
