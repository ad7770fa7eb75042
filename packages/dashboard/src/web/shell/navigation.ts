import {
  BookOpen,
  Boxes,
  ChartColumn,
  KeyRound,
  MessageSquare,
  ScrollText,
  Settings,
  ShieldUser,
  Wallet,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';

export type Audience = 'everybody' | 'session' | 'operator';

export interface NavigationItem {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Who sees it. */
  readonly audience: Audience;
}

export interface NavigationGroup {
  readonly label: string;
  readonly items: readonly NavigationItem[];
}

export const NAVIGATION: readonly NavigationGroup[] = [
  {
    label: 'Explore',
    items: [
      { href: '/models', label: 'Models', icon: Boxes, audience: 'everybody' },
      { href: '/chat', label: 'Chat', icon: MessageSquare, audience: 'session' },
      { href: '/docs', label: 'API reference', icon: BookOpen, audience: 'everybody' },
    ],
  },
  {
    label: 'Account',
    items: [
      { href: '/activity', label: 'Activity', icon: ChartColumn, audience: 'session' },
      { href: '/logs', label: 'Logs', icon: ScrollText, audience: 'session' },
      { href: '/credits', label: 'Credits', icon: Wallet, audience: 'session' },
      { href: '/keys', label: 'Keys', icon: KeyRound, audience: 'session' },
      { href: '/settings', label: 'Settings', icon: Settings, audience: 'session' },
    ],
  },
  {
    label: 'Installation',
    items: [{ href: '/operator', label: 'Operator', icon: ShieldUser, audience: 'operator' }],
  },
];
