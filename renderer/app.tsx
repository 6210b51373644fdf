import { useEffect, useState } from 'react';
import { RestoreScreen } from './screens/backup/restore-screen.tsx';
import { ClosedScreen } from './screens/closed/closed-screen.tsx';
import { RemovedScreen } from './screens/closed/removed-screen.tsx';
import { StartingScreen } from './screens/closed/starting-screen.tsx';
import { ReadyScreen } from './screens/ready-screen.tsx';
import type { Page } from './state/page.ts';
import { sectionRoute } from './state/shortcuts.ts';
import { PageContext, usePage, usePageState, useView } from './state/use-page.ts';

/** The page: its state for everything below, the theme, and the screen that is due. */
export function App({ page }: { readonly page: Page }) {
  useEffect(() => {
    void page.load();
  }, [page]);
  return (
    <PageContext value={page}>
      <Theme />
      <Keys />
      <Screen />
    </PageContext>
  );
}

/** The theme that the person chose; without one the system's holds. */
function Theme() {
  const theme = usePageState(({ view }) => view?.settings.theme ?? 'system');
  useEffect(() => {
    const root = document.documentElement;
    if (theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = theme;
  }, [theme]);
  return null;
}

/** Esc goes back, unless a dialogue, a field or an open list has used it; Ctrl+1 to Ctrl+5 lead to the sections. */
function Keys() {
  const { back, go } = usePage();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      const section = sectionRoute(event);
      if (section !== null) {
        event.preventDefault();
        go(section);
      } else if (event.key === 'Escape') {
        back();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [back, go]);
  return null;
}

function Screen() {
  const noView = usePageState((state) => state.noView);
  const isLoaded = usePageState(({ view }) => view !== null);
  if (isLoaded) return <LoadedScreen />;
  return noView === null ? <StartingScreen /> : <ClosedScreen failure={noView} keychain={null} />;
}

/** What the agent says goes before where the person is. */
function LoadedScreen() {
  const agent = useView((view) => view.agent);
  const route = usePageState((state) => state.route);
  const [wasReady, setWasReady] = useState(false);
  const isReady = agent.state === 'ready';
  if (agent.state !== 'starting' && wasReady !== isReady) setWasReady(isReady);
  // It goes on while the agent is closed and opened anew under it, and says at the end where the old data is.
  if (route.screen === 'restore') return <RestoreScreen isStartingOver={route.isStartingOver ?? false} />;
  switch (agent.state) {
    case 'starting':
      // One that is started anew is waited for where the person is: what they typed or read stays.
      return wasReady ? <ReadyScreen route={route} /> : <StartingScreen />;
    case 'closed':
      return <ClosedScreen failure={agent.failure} keychain={agent.keychain} />;
    case 'removed':
      return <RemovedScreen />;
    case 'ready':
      return <ReadyScreen route={route} />;
  }
}
