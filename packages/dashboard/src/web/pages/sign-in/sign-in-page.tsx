import { Group, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Redirect, useSearchParams } from 'wouter';
import { useProfile, useSignIn, useSignInMethods } from '../../api/session.ts';
import { DoorPage } from '../../components/door-page.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { facts } from '../../lib/facts.ts';
import { safeReturnTo } from '../../lib/return-to.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { OAuthButtons } from './oauth-buttons.tsx';
import { OAuthProblem } from './oauth-problem.tsx';

export default function SignInPage(): ReactElement {
  const [search] = useSearchParams();
  const returnTo = safeReturnTo(search.get('return_to'));
  const { data: profile } = useProfile();
  const { data: methods } = useSignInMethods();
  const signIn = useSignIn('sign-in');
  if (profile) return <Redirect to={returnTo} replace />;
  return (
    <DoorPage title="Sign in">
      <Stack gap="md">
        {!signIn.isError && <OAuthProblem code={search.get('error')} />}
        <OAuthButtons providers={methods?.oauth ?? []} returnTo={returnTo} />
        <CredentialsForm
          purpose="sign-in"
          submit="Sign in"
          busy={signIn.isPending}
          error={signIn.error}
          onSubmit={signIn.mutate}
        />
        <Group justify="space-between">
          {methods?.reset !== false && <TextLink href="/reset">Forgot your password?</TextLink>}
          {methods?.sign_up === true && (
            <TextLink href={`/sign-up?return_to=${encodeURIComponent(returnTo)}`}>Create an account</TextLink>
          )}
        </Group>
        {facts.demo?.signIn !== undefined && <Text c="dimmed">{facts.demo.signIn}</Text>}
      </Stack>
    </DoorPage>
  );
}
