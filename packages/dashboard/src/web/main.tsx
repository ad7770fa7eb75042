import '@mantine/core/styles.layer.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/models.css';
import './styles/keys.css';
import './styles/chat.css';
import './styles/settings.css';
import './styles/operator.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { facts } from './lib/facts.ts';

// The dialogs' scroll lock makes a style element of its own.
setNonce(facts.styleNonce);

const root = document.querySelector('#root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
