import type { ReactElement } from 'react';
import { useProfile } from '../../api/session.ts';
import { ChatRoom } from './chat-room.tsx';

/** The chat of whoever is signed in. */
export default function ChatPage(): ReactElement | null {
  const { data: profile } = useProfile();
  return profile ? <ChatRoom key={profile.id} account={profile.id} /> : null;
}
