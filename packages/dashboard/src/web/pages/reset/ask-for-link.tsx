import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { useForgotPassword } from '../../api/password.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextLink } from '../../components/text-link.tsx';

export function AskForLink(): ReactElement {
  const [email, setEmail] = useState('');
  const forgot = useForgotPassword();

  function send(event: FormEvent): void {
    event.preventDefault();
    forgot.mutate(email.trim());
  }

  if (forgot.isSuccess) {
    return (
      <Stack gap="md">
        <Text role="status">
          If there is an account for {email}, a link to choose a new password is on its way. It works once,
          and not for long.
        </Text>
        <TextLink href="/sign-in">Back to signing in</TextLink>
      </Stack>
    );
  }
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        {forgot.isError && <ErrorNotice error={forgot.error} title="The link was not sent" />}
        <TextInput
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" loading={forgot.isPending}>
          Send the link
        </Button>
        <TextLink href="/sign-in">Back to signing in</TextLink>
      </Stack>
    </form>
  );
}
