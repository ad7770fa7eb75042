import { ActionIcon, Tooltip } from '@mantine/core';
import { MessageSquare, Plus, SlidersHorizontal } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { useModels } from '../../api/models.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useTitle } from '../../lib/use-title.ts';
import { Composer } from './composer.tsx';
import { ModelPicker } from './model-picker.tsx';
import { SettingsDrawer } from './settings-drawer.tsx';
import { TurnView } from './turn-view.tsx';
import { useChat } from './use-chat.ts';
import { useStayAtEnd } from './use-stay-at-end.ts';

export function ChatRoom({ account }: { readonly account: string }): ReactElement {
  useTitle('Chat · OneRouter');
  const chat = useChat(account);
  const { model, settings, turns } = chat.conversation;
  const [settingsOpen, setSettingsOpen] = useState(false);
  useModelOfAddress(model, (chosen) => chat.change({ model: chosen }));
  const list = useRef<HTMLDivElement>(null);
  useStayAtEnd(list, turns.length);
  return (
    <div className="or-chat">
      <header className="or-chat-head">
        <h1 className="or-hidden">Chat</h1>
        <ModelPicker value={model} onChange={(chosen) => chat.change({ model: chosen })} />
        <Tooltip label="System prompt and parameters">
          <ActionIcon
            variant="default"
            size={36}
            aria-label="System prompt and parameters"
            onClick={() => setSettingsOpen(true)}
          >
            <SlidersHorizontal size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="New chat">
          <ActionIcon
            variant="default"
            size={36}
            aria-label="New chat"
            disabled={turns.length === 0 || chat.running}
            onClick={() => chat.change({ turns: [] })}
          >
            <Plus size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className="or-turns" ref={list}>
        {turns.length === 0 && (
          <EmptyState icon={MessageSquare} title="Ask anything">
            Each answer shows which provider served it and exactly what it cost. The conversation stays in
            this browser; it is stored nowhere else.
          </EmptyState>
        )}
        {turns.map((turn, index) => (
          <TurnView
            key={turn.id}
            turn={turn}
            last={index === turns.length - 1}
            busy={chat.running}
            onEdit={chat.edit}
            onRegenerate={chat.regenerate}
          />
        ))}
      </div>
      <span className="or-hidden" role="status">
        {chat.running ? 'Answering' : turns.length > 0 ? 'The answer has ended' : ''}
      </span>
      <Composer running={chat.running} ready={model !== ''} onSend={chat.send} onStop={chat.stop} />
      <SettingsDrawer
        opened={settingsOpen}
        settings={settings}
        onChange={(changed) => chat.change({ settings: { ...settings, ...changed } })}
        onClose={() => setSettingsOpen(false)}
      />
    </div>
  );
}

/** The model that the address names, once; else the one of last time, else the first that writes text. */
function useModelOfAddress(model: string, choose: (id: string) => void): void {
  const [search, setSearch] = useSearchParams();
  const { data: models } = useModels();
  const named = search.get('model');
  const first = models?.find(({ architecture }) => architecture.output_modalities.includes('text'))?.id;
  useEffect(() => {
    if (named !== null) {
      choose(named);
      setSearch(new URLSearchParams(), { replace: true });
    } else if (model === '' && first !== undefined) choose(first);
    // Only what the address names and what is on offer count here.
  }, [named, model, first, choose, setSearch]);
}
