import { Button, Textarea } from '@mantine/core';
import { ArrowUp, Square } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { FormEvent, KeyboardEvent, ReactElement } from 'react';
import { useShortcut } from '../../lib/use-shortcut.ts';

export interface ComposerProps {
  readonly running: boolean;
  /** Whether there is somebody to ask. */
  readonly ready: boolean;
  readonly onSend: (text: string) => void;
  readonly onStop: () => void;
}

/** Where questions are written. Enter sends, Shift with Enter makes a line; `/` leads here. */
export function Composer({ running, ready, onSend, onStop }: ComposerProps): ReactElement {
  const [text, setText] = useState('');
  const input = useRef<HTMLTextAreaElement>(null);
  useShortcut(
    '/',
    useCallback(() => input.current?.focus(), []),
  );

  function send(): void {
    if (text.trim() === '' || running || !ready) return;
    onSend(text);
    setText('');
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className="or-composer"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        ref={input}
        aria-label="Your message"
        placeholder="Ask something"
        autosize
        minRows={1}
        maxRows={10}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {running ? (
        <Button
          variant="default"
          leftSection={<Square size={13} fill="currentColor" aria-hidden />}
          onClick={onStop}
        >
          Stop
        </Button>
      ) : (
        <Button
          type="submit"
          disabled={text.trim() === '' || !ready}
          leftSection={<ArrowUp size={16} aria-hidden />}
        >
          Send
        </Button>
      )}
    </form>
  );
}
