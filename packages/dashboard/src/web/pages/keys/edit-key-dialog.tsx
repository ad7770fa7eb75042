import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { useChangeKey } from '../../api/keys.ts';
import type { ApiKey } from '../../api/keys.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { KeyFields } from './key-fields.tsx';
import { formOf, limitsOf, problemsOf } from './key-form.ts';
import type { KeyForm } from './key-form.ts';

export interface EditKeyDialogProps {
  readonly apiKey: ApiKey;
  readonly onClose: () => void;
}

export function EditKeyDialog({ apiKey, onClose }: EditKeyDialogProps): ReactElement {
  const change = useChangeKey(apiKey.hash);
  const [form, setForm] = useState<KeyForm>(formOf(apiKey));
  const [today] = useState(() => new Date());
  const problems = problemsOf(form, today);

  function send(event: FormEvent): void {
    event.preventDefault();
    if (Object.keys(problems).length > 0) return;
    change.mutate({ name: form.name.trim(), ...limitsOf(form) }, { onSuccess: onClose });
  }

  return (
    <Modal opened onClose={onClose} title="Edit the key">
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          {change.isError && <ErrorNotice error={change.error} title="The key was not changed" />}
          <KeyFields
            form={form}
            problems={problems}
            onChange={(changed) => setForm({ ...form, ...changed })}
            withExpiry={false}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={change.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
