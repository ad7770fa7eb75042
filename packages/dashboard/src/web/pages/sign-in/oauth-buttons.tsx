import { Button, Divider, Stack } from '@mantine/core';
import { LogIn } from 'lucide-react';
import type { ReactElement } from 'react';
import { apiUrl } from '../../api/request.ts';
import { facts } from '../../lib/facts.ts';
import { signInName } from '../../lib/sign-in-names.ts';

export interface OAuthButtonsProps {
  readonly providers: readonly string[];
  /** Path below the mount. */
  readonly returnTo: string;
}

/** The ways in through somebody else, above the form. */
export function OAuthButtons({ providers, returnTo }: OAuthButtonsProps): ReactElement | null {
  if (providers.length === 0) return null;
  return (
    <Stack gap="xs">
      {providers.map((provider) => (
        <Button
          key={provider}
          component="a"
          variant="default"
          leftSection={<LogIn size={16} aria-hidden />}
          href={apiUrl(`/auth/oauth/${encodeURIComponent(provider)}`, {
            return_to: `${facts.base}${returnTo}`,
          })}
        >
          Continue with {signInName(provider)}
        </Button>
      ))}
      <Divider label="or with a password" my="xs" />
    </Stack>
  );
}
