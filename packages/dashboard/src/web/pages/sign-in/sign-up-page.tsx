import { Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Redirect, useSearchParams } from 'wouter';
import { useProfile, useSignIn, useSignInMethods } from '../../api/session.ts';
import { DoorPage } from '../../components/door-page.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { safeReturnTo } from '../../lib/return-to.ts';
import { CredentialsForm } from './credentials-form.tsx';
import { OAuthButtons } from './oauth-buttons.tsx';

export default function SignUpPage(): ReactElement {
  const [search] = useSearchParams();
  const returnTo = safeReturnTo(search.get('return_to'));
  const { data: profile } = useProfile();
  const { data: methods } = useSignInMethods();
  const signUp = useSignIn('sign-up');
  if (profile) return <Redirect to={returnTo} replace />;
  return (
    <DoorPage title="Create an account">
      {methods?.sign_up === false ? (
        <Text>New accounts are closed here. Ask whoever runs this installation for one.</Text>
      ) : (
        <Stack gap="md">
          <OAuthButtons providers={methods?.oauth ?? []} returnTo={returnTo} />
          <CredentialsForm
            purpose="sign-up"
            submit="Create the account"
            busy={signUp.isPending}
            error={signUp.error}
            onSubmit={signUp.mutate}
          />
        </Stack>
      )}
      <Text mt="md">
        Already have one?{' '}
        <TextLink href={`/sign-in?return_to=${encodeURIComponent(returnTo)}`}>Sign in</TextLink>
      </Text>
    </DoorPage>
  );
}
