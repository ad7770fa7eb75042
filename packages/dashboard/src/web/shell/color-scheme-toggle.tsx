import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Moon, Sun } from 'lucide-react';
import type { ReactElement } from 'react';

/** Changes between dark and light. Until it is used, the system decides. */
export function ColorSchemeToggle(): ReactElement {
  const { setColorScheme } = useMantineColorScheme();
  const now = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const label = now === 'dark' ? 'Use light colours' : 'Use dark colours';
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(now === 'dark' ? 'light' : 'dark')}
      >
        {now === 'dark' ? <Sun size={17} aria-hidden /> : <Moon size={17} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
