import { Code, Switch, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { useProviders } from '../../api/models.ts';
import type { Profile } from '../../api/session.ts';
import { useChangeAccount } from '../../api/settings.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { SettingsCard } from './settings-card.tsx';

export function PrivacySettings({ profile }: { readonly profile: Profile }): ReactElement {
  const change = useChangeAccount();
  const allowed = change.isPending ? (change.variables.allow_training ?? false) : profile.allow_training;
  return (
    <SettingsCard
      title="Privacy"
      about="Some providers keep what they are sent and train their models on it. You decide whether your requests may go to them."
    >
      <Switch
        label="Allow providers that train on prompts"
        checked={allowed}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ allow_training: event.currentTarget.checked })}
      />
      {change.isError && <ErrorNotice error={change.error} title="The setting was not changed" />}
      <Text component="div" aria-live="polite">
        {allowed ? (
          <>
            Requests may go to them wherever they are cheapest or fastest. One request can still refuse with{' '}
            <Code>{'"provider": {"data_collection": "deny"}'}</Code>.
          </>
        ) : (
          <>
            They are left out of routing: a model that only they serve answers 404. One request can still
            allow them with <Code>{'"provider": {"data_collection": "allow"}'}</Code>.
          </>
        )}
      </Text>
      <WhoTrains />
    </SettingsCard>
  );
}

/** Which of the providers here it concerns. */
function WhoTrains(): ReactElement | null {
  const { data: providers } = useProviders();
  if (!providers) return null;
  const names = providers.filter((one) => one.trains_on_prompts === true).map(({ name }) => name);
  return (
    <Text c="dimmed">
      {names.length === 0
        ? 'No provider here trains on prompts at the moment.'
        : `Here that concerns ${new Intl.ListFormat('en').format(names)}.`}
    </Text>
  );
}
