import { strict } from '../strict.ts';
import { record, type DialogMethod } from '../records.ts';
import type { Question, QuestionAnswer } from '../page/dialog.ts';
import { askPerson } from './ask-person.ts';
import { complain, hostSettings } from './host.ts';
import { windowList } from './window-list.ts';

/** What a test has dialogs answer, by their method. */
export const dialogAnswers = new Map<DialogMethod, object>();

interface MessageBoxOptions {
  readonly cancelId?: number;
  readonly defaultId?: number;
}

/** Asks the person. Electron takes the window first, or leaves it out. */
async function ask<T extends object>(
  method: DialogMethod,
  given: readonly [T] | readonly [object, T],
  dismissed: (options: T) => object,
): Promise<object> {
  const options = given.length === 1 ? given[0] : given[1];
  record({ kind: 'dialog', method, options });
  const answer = hostSettings().visible ? await askPerson(method, options, inWindow) : dialogAnswers.get(method);
  return answer ?? dismissed(options);
}

/** All windows are of one app: the person is asked in the first that there is. */
async function inWindow(question: Question): Promise<QuestionAnswer | null> {
  const [window] = windowList.all();
  try {
    return (await window?.ask(question)) ?? null;
  } catch (error) {
    // The window was closed with the question in it.
    if (window?.isDestroyed() === true) return null;
    throw error;
  }
}

/** Electron's `dialog`. Where no person is there, and no answer of a test, it counts as dismissed. */
export const dialog = strict('dialog', {
  showOpenDialog: (...given: [object] | [object, object]): Promise<object> =>
    ask('showOpenDialog', given, () => ({ canceled: true, filePaths: [] })),
  showSaveDialog: (...given: [object] | [object, object]): Promise<object> =>
    ask('showSaveDialog', given, () => ({ canceled: true, filePath: '' })),
  showMessageBox: (...given: [MessageBoxOptions] | [object, MessageBoxOptions]): Promise<object> =>
    ask<MessageBoxOptions>('showMessageBox', given, ({ cancelId, defaultId }) => ({
      response: cancelId ?? defaultId ?? 0,
      checkboxChecked: false,
    })),
  showErrorBox: (title: string, content: string): void => {
    record({ kind: 'dialog', method: 'showErrorBox', options: { title, content } });
    complain(title, content);
  },
});
