import { Drawer, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ChatSettings } from './conversation.ts';

export interface SettingsDrawerProps {
  readonly opened: boolean;
  readonly settings: ChatSettings;
  readonly onChange: (changed: Partial<ChatSettings>) => void;
  readonly onClose: () => void;
}

/** What goes with every question of this conversation. */
export function SettingsDrawer({ opened, settings, onChange, onClose }: SettingsDrawerProps): ReactElement {
  return (
    <Drawer opened={opened} onClose={onClose} position="right" title="System prompt and parameters">
      <Stack gap="md">
        <Textarea
          label="System prompt"
          description="Stands before the conversation."
          autosize
          minRows={4}
          maxRows={16}
          value={settings.system}
          onChange={(event) => onChange({ system: event.currentTarget.value })}
        />
        <TextInput
          label="Temperature"
          description="From 0 to 2. Empty: the provider’s own."
          inputMode="decimal"
          value={settings.temperature}
          error={outside(settings.temperature, 0, 2)}
          onChange={(event) => onChange({ temperature: event.currentTarget.value })}
        />
        <TextInput
          label="Top p"
          description="From 0 to 1. Empty: the provider’s own."
          inputMode="decimal"
          value={settings.topP}
          error={outside(settings.topP, 0, 1)}
          onChange={(event) => onChange({ topP: event.currentTarget.value })}
        />
        <TextInput
          label="Output tokens"
          description="At most. Empty: as many as the model and your credits allow."
          inputMode="numeric"
          value={settings.maxTokens}
          error={outside(settings.maxTokens, 1, Infinity)}
          onChange={(event) => onChange({ maxTokens: event.currentTarget.value })}
        />
      </Stack>
    </Drawer>
  );
}

function outside(text: string, low: number, high: number): string | undefined {
  if (text.trim() === '') return undefined;
  const value = Number(text);
  if (value >= low && value <= high) return undefined;
  return high === Infinity ? `A number from ${low} on.` : `A number from ${low} to ${high}.`;
}
