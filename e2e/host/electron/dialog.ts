import { strict } from '../strict.ts';
import { record, type DialogMethod } from '../records.ts';
import { complain } from './host.ts';

/** What a test has dialogs answer, by their method. */
export const dialogAnswers = new Map<DialogMethod, object>();

interface MessageBoxOptions {
  readonly cancelId?: number;
  readonly defaultId?: number;
}

/** Asks the person. Electron takes the window first, or leaves it out. */
function ask<T extends object>(
  method: DialogMethod,
  given: readonly [T] | readonly [object, T],
  dismissed: (options: T) => object,
): Promise<object> {
  const options = given.length === 1 ? given[0] : given[1];
  record({ kind: 'dialog', method, options });
  return Promise.resolve(dialogAnswers.get(method) ?? dismissed(options));
}

/** Electron's `dialog`. Nobody is there to answer: without an answer of the test it counts as dismissed. */
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
