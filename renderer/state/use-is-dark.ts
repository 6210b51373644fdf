import { useSyncExternalStore } from 'react';
import { useView } from './use-page.ts';

const QUERY = '(prefers-color-scheme: dark)';

/** Whether the window is dark now: as the person chose, else as the system is. For pictures, which CSS can not turn round. */
export function useIsDark(): boolean {
  const theme = useView(({ settings }) => settings.theme);
  const isSystemDark = useSyncExternalStore(listen, () => matchMedia(QUERY).matches);
  return theme === 'system' ? isSystemDark : theme === 'dark';
}

function listen(onChange: () => void): () => void {
  const query = matchMedia(QUERY);
  query.addEventListener('change', onChange);
  return () => {
    query.removeEventListener('change', onChange);
  };
}
