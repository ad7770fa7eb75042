import { ActionIcon, Button, Group, Textarea, Tooltip } from '@mantine/core';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { CopyButton } from '../../components/copy-button.tsx';
import type { Question } from './conversation.ts';

export interface QuestionViewProps {
  readonly question: Question;
  readonly busy: boolean;
  readonly onEdit: (id: string, text: string) => void;
}

export function QuestionView({ question, busy, onEdit }: QuestionViewProps): ReactElement {
  const [draft, setDraft] = useState<string>();
  if (draft !== undefined) {
    return (
      <div className="or-question-edit">
        <Textarea
          aria-label="Your message in other words"
          autosize
          maxRows={14}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="xs">
          <Button variant="default" size="xs" onClick={() => setDraft(undefined)}>
            Cancel
          </Button>
          <Button
            size="xs"
            disabled={draft.trim() === '' || busy}
            onClick={() => {
              setDraft(undefined);
              onEdit(question.id, draft);
            }}
          >
            Ask this
          </Button>
        </Group>
      </div>
    );
  }
  return (
    <article className="or-question" aria-label="You">
      <p>{question.text}</p>
      <div className="or-turn-tools">
        <CopyButton value={question.text} label="Copy the message" />
        <Tooltip label="Ask in other words">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Ask in other words"
            disabled={busy}
            onClick={() => setDraft(question.text)}
          >
            <Pencil size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </article>
  );
}
