import { Kbd, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useCallback, useRef } from 'react';
import type { ReactElement } from 'react';
import { useShortcut } from '../lib/use-shortcut.ts';

export interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A search field that `/` leads to. */
export function SearchBox({ label, value, onChange }: SearchBoxProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  useShortcut(
    '/',
    useCallback(() => input.current?.focus(), []),
  );
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<Search size={16} aria-hidden />}
      rightSection={<Kbd aria-hidden>/</Kbd>}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('');
      }}
    />
  );
}
