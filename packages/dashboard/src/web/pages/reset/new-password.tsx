import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { useResetPassword } from '../../api/password.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { MIN_PASSWORD_LENGTH } from '../sign-in/credentials-form.tsx';

export function NewPassword({ token }: { readonly token: string }): ReactElement {
  const [password, setPassword] = useState('');
  const reset = useResetPassword();

  function send(event: FormEvent): void {
    event.preventDefault();
    reset.mutate({ token, password });
  }

  if (reset.isSuccess) {
    return (
      <Stack gap="md">
        <Text role="status">Your password is changed, and every session of the account has ended.</Text>
        <TextLink href="/sign-in">Sign in with the new password</TextLink>
      </Stack>
    );
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        {reset.isError && <ErrorNotice error={reset.error} title="The password was not changed" />}
        <PasswordInput
          label="New password"
          name="password"
          autoComplete="new-password"
          minLength={MIN_PASSWORD_LENGTH}
          description={`At least ${MIN_PASSWORD_LENGTH} characters; long beats complicated.`}
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={reset.isPending}>
          Change the password
        </Button>
        {reset.isError && <TextLink href="/reset">Ask for a new link</TextLink>}
      </Stack>
    </form>
  );
}
