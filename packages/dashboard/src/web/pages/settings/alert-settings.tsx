import { Button, Checkbox, Group, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import type { Profile } from '../../api/session.ts';
import { useChangeAccount } from '../../api/settings.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { alertsOf, formOf, problemsOf } from './alert-form.ts';
import type { AlertForm } from './alert-form.ts';
import { Saved } from './saved.tsx';
import { SettingsCard } from './settings-card.tsx';

export function AlertSettings({ profile }: { readonly profile: Profile }): ReactElement {
  const change = useChangeAccount();
  const [form, setForm] = useState<AlertForm>(() => formOf(profile.alerts));
  const [tried, setTried] = useState(false);
  const problems = tried ? problemsOf(form) : {};

  function edit(changed: Partial<AlertForm>): void {
    setForm({ ...form, ...changed });
    change.reset();
  }

  function send(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problemsOf(form)).length === 0) change.mutate({ alerts: alertsOf(form) });
  }

  return (
    <SettingsCard
      title="Low balance"
      about="Be told once when your credits fall below an amount, before requests are refused."
    >
      <form onSubmit={send} noValidate className="or-setting-form">
        <Switch
          label="Tell me when credits run low"
          checked={form.enabled}
          onChange={(event) => edit({ enabled: event.currentTarget.checked })}
        />
        {form.enabled && (
          <>
            <TextInput
              label="Below"
              leftSection="$"
              inputMode="decimal"
              autoComplete="off"
              maw={200}
              value={form.threshold}
              error={problems.threshold}
              onChange={(event) => edit({ threshold: event.currentTarget.value.trim() })}
            />
            <Checkbox
              label={`By e-mail to ${profile.email}`}
              checked={form.email}
              error={problems.email}
              onChange={(event) => edit({ email: event.currentTarget.checked })}
            />
            <TextInput
              label="By webhook"
              description="A POST with the balance goes to this address. Leave it empty for none."
              placeholder="https://"
              type="url"
              inputMode="url"
              autoComplete="off"
              value={form.webhook}
              error={problems.webhook}
              onChange={(event) => edit({ webhook: event.currentTarget.value.trim() })}
            />
          </>
        )}
        {change.isError && <ErrorNotice error={change.error} title="The alert was not changed" />}
        <Group>
          <Button type="submit" loading={change.isPending}>
            Save the alert
          </Button>
          <Saved shown={change.isSuccess} />
        </Group>
      </form>
    </SettingsCard>
  );
}
