import { ActionIcon, Button, CopyButton as Copy, Tooltip } from '@mantine/core';
import { Check, Copy as CopyIcon } from 'lucide-react';
import type { ReactElement } from 'react';

export interface CopyButtonProps {
  readonly value: string;
  /** What is copied, for screen readers and the tooltip. */
  readonly label: string;
  /** Shown as text beside the icon. @default an icon alone */
  readonly text?: string;
}

/** Copies a text, and says so. */
export function CopyButton({ value, label, text }: CopyButtonProps): ReactElement {
  return (
    <Copy value={value} timeout={1_800}>
      {({ copied, copy }) => {
        const icon = copied ? <Check size={15} aria-hidden /> : <CopyIcon size={15} aria-hidden />;
        const said = copied ? 'Copied' : label;
        if (text !== undefined) {
          return (
            <Button variant="default" leftSection={icon} onClick={copy} aria-live="polite">
              {copied ? 'Copied' : text}
            </Button>
          );
        }
        return (
          <Tooltip label={said}>
            <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={said} aria-live="polite">
              {icon}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copy>
  );
}
