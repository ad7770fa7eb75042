import { Badge, Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { apiUrl } from '../../api/request.ts';
import { useSignInMethods } from '../../api/session.ts';
import type { Profile } from '../../api/session.ts';
import { facts } from '../../lib/facts.ts';
import { signInName } from '../../lib/sign-in-names.ts';
import { SettingsCard } from './settings-card.tsx';

/** The ways in that this account has, and those it may have. */
export function SignInSettings({ profile }: { readonly profile: Profile }): ReactElement {
  const { data: methods } = useSignInMethods();
  const linked = profile.identities.map(({ provider }) => provider);
  const more = (methods?.oauth ?? []).filter((provider) => !linked.includes(provider));
  return (
    <SettingsCard
      title="Ways to sign in"
      about={`Any of these leads to this account.${more.length > 0 ? ` A service can be connected when it knows you by ${profile.email}.` : ''}`}
    >
      <ul className="or-ways">
        <Way name="Password" on={profile.has_password} />
        {linked.map((provider) => (
          <Way key={provider} name={signInName(provider)} on />
        ))}
        {more.map((provider) => (
          <Way key={provider} name={signInName(provider)} on={false}>
            <Button
              component="a"
              variant="default"
              size="xs"
              href={apiUrl(`/auth/oauth/${encodeURIComponent(provider)}`, {
                return_to: `${facts.base}/settings`,
              })}
            >
              Connect {signInName(provider)}
            </Button>
          </Way>
        ))}
      </ul>
    </SettingsCard>
  );
}

function Way(props: {
  readonly name: string;
  readonly on: boolean;
  readonly children?: ReactElement;
}): ReactElement {
  return (
    <li>
      <span>{props.name}</span>
      {props.children ?? (
        <Badge variant="outline" tt="none" color={props.on ? 'brand' : 'gray'}>
          {props.on ? 'Connected' : 'Not set'}
        </Badge>
      )}
    </li>
  );
}
