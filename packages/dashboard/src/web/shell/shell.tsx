import { ActionIcon, Drawer } from '@mantine/core';
import { Menu } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'wouter';
import { Brand } from './brand.tsx';
import { SideBar } from './side-bar.tsx';

/** What surrounds every page: navigation beside it on wide screens, behind a button on narrow ones. */
export function Shell({ children }: { readonly children: ReactNode }): ReactElement {
  const [menuOpen, setMenuOpen] = useState(false);
  return (
    <div className="or-shell">
      <a className="or-skip" href="#content">
        Skip to the content
      </a>
      <aside className="or-side">
        <SideBar />
      </aside>
      <header className="or-top">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label="Open the menu"
          aria-expanded={menuOpen}
          onClick={() => setMenuOpen(true)}
        >
          <Menu size={20} aria-hidden />
        </ActionIcon>
        <Link href="/" className="or-brand-link" aria-label="OneRouter, start page">
          <Brand />
        </Link>
      </header>
      <Drawer opened={menuOpen} onClose={() => setMenuOpen(false)} size={280} title="Menu" padding="md">
        <SideBar onNavigate={() => setMenuOpen(false)} />
      </Drawer>
      <main id="content" className="or-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
