import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../app.tsx';
import { createPage } from '../state/page.ts';
import { fakeWindow, type FakeWindow } from './fake-window.ts';
import { SCENES } from './scenes/index.ts';

/**
 * Shows one scene in a plain browser: `scenes.html?scene=<name>&theme=<light|dark>`. Without a name, the names.
 * `window.fake` lets a test change what the shell says and read which calls were made.
 */
declare global {
  interface Window {
    fake?: FakeWindow;
    sceneNames?: readonly string[];
  }
}

const place = document.getElementById('page');
if (place === null) throw new Error('scenes.html has no place for the page.');
const wanted = new URLSearchParams(location.search);
const scene = SCENES[wanted.get('scene') ?? ''];
const theme = wanted.get('theme');
window.sceneNames = Object.keys(SCENES);

if (scene === undefined) {
  createRoot(place).render(
    <ul>
      {window.sceneNames.map((name) => (
        <li key={name}>
          <a href={`?scene=${name}`}>{name}</a>
        </li>
      ))}
    </ul>,
  );
} else {
  const chosen = theme === 'light' || theme === 'dark' ? theme : scene.view.settings.theme;
  const view = { ...scene.view, settings: { ...scene.view.settings, theme: chosen } };
  const fake = fakeWindow(view, scene.handlers);
  window.fake = fake;
  createRoot(place).render(
    <StrictMode>
      <App page={createPage(fake.bridge, scene.route)} />
    </StrictMode>,
  );
}
