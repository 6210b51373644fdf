import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import * as v from 'valibot';
import type { DialogMethod } from '../records.ts';
import type { Question, QuestionAnswer } from '../page/dialog.ts';

/** How a question is put into the window; null: there is no window to ask in. */
export type Ask = (question: Question) => Promise<QuestionAnswer | null>;

const Text = v.optional(v.string(), '');
const FileOptions = v.object({
  title: Text,
  message: Text,
  buttonLabel: v.optional(v.string(), 'Choose'),
  defaultPath: Text,
  properties: v.optional(v.array(v.string()), []),
});
const MessageOptions = v.object({
  title: Text,
  message: v.string(),
  detail: Text,
  buttons: v.optional(v.array(v.string()), ['OK']),
  defaultId: v.optional(v.number(), 0),
  cancelId: v.optional(v.number(), 0),
});
type FileOptions = v.InferOutput<typeof FileOptions>;

const CANCEL = 0;
const CHOOSE = 1;

/** Asks the person what the app asks with a dialog of the system; null: they could not be asked. */
export async function askPerson(method: DialogMethod, options: unknown, ask: Ask): Promise<object | null> {
  switch (method) {
    case 'showOpenDialog': {
      const given = v.parse(FileOptions, options);
      const path = await askForPath(given, ask, (chosen) => whyNotOpen(chosen, given.properties));
      return path === null ? null : { canceled: path === '', filePaths: path === '' ? [] : [path] };
    }
    case 'showSaveDialog': {
      const path = await askForPath(v.parse(FileOptions, options), ask, whyNotSave);
      return path === null ? null : { canceled: path === '', filePath: path };
    }
    case 'showMessageBox':
    case 'showErrorBox': {
      const { title, message, detail, buttons, defaultId, cancelId } = v.parse(MessageOptions, options);
      const question = { title: message || title, detail, field: null, buttons, usual: defaultId, cancel: cancelId };
      const answer = await ask(question);
      return answer === null ? null : { response: answer.button, checkboxChecked: false };
    }
  }
}

/** Asks until there is a path that `whyNot` has nothing against; empty when the person gives up. */
async function askForPath(
  { title, message, buttonLabel, defaultPath }: FileOptions,
  ask: Ask,
  whyNot: (path: string) => string,
): Promise<string | null> {
  let value = isAbsolute(defaultPath) ? defaultPath : join(homedir(), defaultPath);
  let detail = message;
  for (;;) {
    const answer = await ask({
      title: title || 'Choose a file or folder',
      detail,
      field: { label: 'Where it is', value },
      buttons: ['Cancel', buttonLabel],
      usual: CHOOSE,
      cancel: CANCEL,
    });
    if (answer === null) return null;
    if (answer.button !== CHOOSE) return '';
    value = answer.text.trim().replace(/^~(?=$|[/\\])/, homedir());
    detail = isAbsolute(value) ? whyNot(value) : 'Write the whole path, from the top.';
    if (detail === '') return value;
  }
}

function whyNotOpen(path: string, properties: readonly string[]): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return `There is nothing at ${path}.`;
  if (properties.includes('openDirectory')) return stat.isDirectory() ? '' : `${basename(path)} is not a folder.`;
  return stat.isDirectory() ? `${basename(path)} is a folder.` : '';
}

function whyNotSave(path: string): string {
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isDirectory() !== true) return `There is no folder ${dirname(path)}.`;
  // The host has one question for one answer; what is there stays.
  return statSync(path, { throwIfNoEntry: false }) === undefined ? '' : `${basename(path)} is there already.`;
}
