import type { Question, QuestionAnswer } from '../page/dialog.ts';

/** Of a window, what the rest of the host needs. */
export interface ListedWindow {
  close(): void;
  destroy(): void;
  isDestroyed(): boolean;
  /** Shows the page in this colour scheme; null: in the system's. */
  showScheme(scheme: 'light' | 'dark' | null): void;
  /** Asks the person in the window. */
  ask(question: Question): Promise<QuestionAnswer>;
}

const windows = new Set<ListedWindow>();
let whenEmpty: () => void = () => undefined;

/** The windows that are open, in the order in which they were opened. */
export const windowList = Object.freeze({
  all: (): readonly ListedWindow[] => [...windows],
  add: (window: ListedWindow): void => {
    windows.add(window);
  },
  remove: (window: ListedWindow): void => {
    if (windows.delete(window) && windows.size === 0) whenEmpty();
  },
  /** Has something done each time when the last window was closed. */
  onEmpty: (then: () => void): void => {
    whenEmpty = then;
  },
});
