import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createPage } from './state/page.ts';

const place = document.getElementById('page');
if (place === null) throw new Error('index.html has no place for the page.');
createRoot(place).render(
  <StrictMode>
    <App page={createPage(window.endymail)} />
  </StrictMode>,
);
