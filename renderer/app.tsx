import { useEffect } from 'react';
import { ChooseScreen } from './screens/choose/choose-screen.tsx';
import { StartingScreen } from './screens/closed/starting-screen.tsx';
import type { Page } from './state/page.ts';
import { PageContext, usePageState } from './state/use-page.ts';

/** The page: its state for everything below, the theme, and the screen that is due. */
export function App({ page }: { readonly page: Page }) {
  useEffect(() => {
    void page.load();
  }, [page]);
  return (
    <PageContext value={page}>
      <Theme />
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

function Screen() {
  const isLoaded = usePageState(({ view }) => view !== null);
  return isLoaded ? <ChooseScreen isFirst /> : <StartingScreen />;
}
