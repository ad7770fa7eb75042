import { Button, Group, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { ApiError, messageOf } from '../../api/api-error.ts';
import type { Profile } from '../../api/session.ts';
import { useChangePassword } from '../../api/settings.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { MIN_PASSWORD_LENGTH } from '../sign-in/credentials-form.tsx';
import { Saved } from './saved.tsx';
import { SettingsCard } from './settings-card.tsx';

export function PasswordSettings({ profile }: { readonly profile: Profile }): ReactElement {
  const change = useChangePassword();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const param = change.error instanceof ApiError ? change.error.param : null;

  function send(event: FormEvent): void {
    event.preventDefault();
    change.mutate(
      { password, ...(profile.has_password && { current_password: current }) },
      {
        onSuccess: () => {
          setCurrent('');
          setPassword('');
        },
      },
    );
  }

  return (
    <SettingsCard
      title="Password"
      about={
        profile.has_password
          ? 'Changing it signs you out everywhere else.'
          : 'You have none: you sign in with another service. With a password you can do without it.'
      }
    >
      <form onSubmit={send} className="or-setting-form or-setting-fields">
        {/* Tells password managers whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={profile.email} readOnly />
        {profile.has_password && (
          <PasswordInput
            label="Current password"
            name="current-password"
            autoComplete="current-password"
            required
            value={current}
            error={param === 'current_password' && messageOf(change.error)}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
        )}
        <PasswordInput
          label="New password"
          name="new-password"
          autoComplete="new-password"
          description={`At least ${MIN_PASSWORD_LENGTH} characters; long beats complicated.`}
          minLength={MIN_PASSWORD_LENGTH}
          required
          value={password}
          error={param === 'password' && messageOf(change.error)}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {change.isError && param !== 'password' && param !== 'current_password' && (
          <ErrorNotice error={change.error} title="The password was not changed" />
        )}
        <Group>
          <Button type="submit" loading={change.isPending}>
            {profile.has_password ? 'Change the password' : 'Set a password'}
          </Button>
          <Saved shown={change.isSuccess} text="Changed; other sessions have ended" />
        </Group>
      </form>
    </SettingsCard>
  );
}
