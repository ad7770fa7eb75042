import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { useCreateKey } from '../../api/keys.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { KeyFields } from './key-fields.tsx';
import { EMPTY_FORM, expiryOf, limitsOf, problemsOf } from './key-form.ts';
import type { KeyForm } from './key-form.ts';

/** Asks what the key is for, then shows it the one time that it can be seen. */
export function CreateKeyDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const create = useCreateKey();
  const [form, setForm] = useState<KeyForm>(EMPTY_FORM);
  const [sent, setSent] = useState(false);
  const [today] = useState(() => new Date());
  const problems = problemsOf(form, today);

  function send(event: FormEvent): void {
    event.preventDefault();
    setSent(true);
    if (Object.keys(problems).length > 0) return;
    create.mutate({ name: form.name.trim(), ...limitsOf(form), expires_at: expiryOf(form) });
  }

  if (create.data) return <ShowKey value={create.data.key} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title="Create a key">
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          {create.isError && <ErrorNotice error={create.error} title="The key was not created" />}
          <KeyFields
            form={form}
            problems={sent ? problems : {}}
            onChange={(changed) => setForm({ ...form, ...changed })}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** Closes by its button only: a click beside it must not lose the key. */
function ShowKey({ value, onClose }: { readonly value: string; readonly onClose: () => void }): ReactElement {
  return (
    <Modal
      opened
      onClose={onClose}
      title="Your new key"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Alert variant="light" color="orange" title="Copy it now">
          <Text>It is stored as a fingerprint only, and cannot be shown again.</Text>
        </Alert>
        <div className="or-new-key">
          <CodeBlock code={value} label="key" />
        </div>
        <Group justify="flex-end">
          <Button onClick={onClose}>I have copied it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
