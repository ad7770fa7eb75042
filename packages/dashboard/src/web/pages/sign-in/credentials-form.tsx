import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { ApiError, messageOf } from '../../api/api-error.ts';
import type { Credentials } from '../../api/session.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';

/** The fewest characters of a new password. */
export const MIN_PASSWORD_LENGTH = 10;

export interface CredentialsFormProps {
  readonly purpose: 'sign-in' | 'sign-up';
  readonly submit: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onSubmit: (credentials: Credentials) => void;
}

/** E-mail and password, so that password managers know what they are for. */
export function CredentialsForm(props: CredentialsFormProps): ReactElement {
  const { purpose, submit, busy, error, onSubmit } = props;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const field = error instanceof ApiError ? error.param : null;

  function send(event: FormEvent): void {
    event.preventDefault();
    onSubmit({ email: email.trim(), password });
  }

  return (
    <form onSubmit={send}>
      <Stack gap="md">
        {error !== null && field !== 'email' && field !== 'password' && (
          <ErrorNotice
            error={error}
            title={purpose === 'sign-in' ? 'You are not signed in' : 'The account was not made'}
          />
        )}
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete={purpose === 'sign-in' ? 'username' : 'email'}
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={field === 'email' && messageOf(error)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete={purpose === 'sign-in' ? 'current-password' : 'new-password'}
          required
          withAsterisk={false}
          {...(purpose === 'sign-up' && {
            minLength: MIN_PASSWORD_LENGTH,
            description: `At least ${MIN_PASSWORD_LENGTH} characters; long beats complicated.`,
          })}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={field === 'password' && messageOf(error)}
        />
        <Button type="submit" loading={busy} fullWidth>
          {submit}
        </Button>
      </Stack>
    </form>
  );
}
