import type { AppView, WindowClient } from '@endymail/shared/ipc';
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Page, PageState } from './page.ts';

export const PageContext = createContext<Page | null>(null);

/** The page this component is part of. */
export function usePage(): Page {
  const page = use(PageContext);
  if (page === null) throw new Error('A component of the page stands outside it.');
  return page;
}

export const useClient = (): WindowClient => usePage().client;

/** One thing of the page's state; the component is drawn again when it changes. */
export const usePageState = <T>(select: (state: PageState) => T): T => useStore(usePage().store, select);

/** One thing of what the shell said. Only below <App>'s loaded part, where there is a view. */
export function useView<T>(select: (view: AppView) => T): T {
  return usePageState(({ view }) => {
    if (view === null) throw new Error('This screen needs what the shell has not said yet.');
    return select(view);
  });
}
