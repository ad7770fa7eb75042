import { Alert, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';

/** What the way back from a service brings as `?error=`. */
const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['oauth_denied', 'You did not agree at the service. Nothing was changed.'],
  ['oauth_expired', 'That took too long, or began in another browser. Try again.'],
  ['oauth_failed', 'The service could not say who you are. Try again in a while.'],
  [
    'oauth_account_exists',
    'There is an account with your email already. Sign in the way you did before, then connect the service.',
  ],
  ['oauth_unverified_email', 'The service has not verified your email. Verify it there, then try again.'],
  ['oauth_sign_up_closed', 'There is no account for you here, and new ones are closed.'],
]);

/** Says why signing in through a service did not work. */
export function OAuthProblem({ code }: { readonly code: string | null }): ReactElement | null {
  if (code === null) return null;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<TriangleAlert size={18} />}
      title="You are not signed in"
      role="alert"
    >
      <Text>{SENTENCES.get(code) ?? 'Signing in did not work. Try again.'}</Text>
    </Alert>
  );
}
