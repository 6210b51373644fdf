import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Question, QuestionAnswer } from '../page/dialog.ts';
import { askPerson } from './ask-person.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ask-'));
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(folder, 'file'), '');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A person who gives these answers, one after the other; what they were asked comes back in `asked`. */
function person(...answers: readonly (QuestionAnswer | null)[]) {
  const asked: Question[] = [];
  const left = [...answers];
  const ask = (question: Question): Promise<QuestionAnswer | null> => {
    asked.push(question);
    return Promise.resolve(left.shift() ?? null);
  };
  return { ask, asked };
}

const choose = (text: string): QuestionAnswer => ({ button: 1, text });
const CANCEL: QuestionAnswer = { button: 0, text: '' };

describe('a file to open', () => {
  it('is asked for again until it is there, with the reason', async () => {
    const { ask, asked } = person(choose(join(folder, 'none')), choose('file'), choose(join(folder, 'file')));
    expect(await askPerson('showOpenDialog', { title: 'Which?', defaultPath: folder }, ask)).toEqual({
      canceled: false,
      filePaths: [join(folder, 'file')],
    });
    expect(asked.map(({ detail }) => detail)).toEqual([
      '',
      `There is nothing at ${join(folder, 'none')}.`,
      'Write the whole path, from the top.',
    ]);
    expect(asked[0]).toMatchObject({ title: 'Which?', field: { value: folder } });
  });

  it('is a folder where the app wants one, and only there', async () => {
    const wanted = { properties: ['openDirectory'] };
    const { ask, asked } = person(choose(join(folder, 'file')), choose(join(folder, 'inner')));
    expect(await askPerson('showOpenDialog', wanted, ask)).toMatchObject({ filePaths: [join(folder, 'inner')] });
    expect(asked[1]?.detail).toBe('file is not a folder.');
    const other = person(choose(folder), CANCEL);
    expect(await askPerson('showOpenDialog', {}, other.ask)).toEqual({ canceled: true, filePaths: [] });
  });
});

describe('a file to save', () => {
  it('takes the place of none that is there', async () => {
    const { ask, asked } = person(
      choose(join(folder, 'file')),
      choose(join(folder, 'none', 'new')),
      choose(join(folder, 'new')),
    );
    expect(await askPerson('showSaveDialog', {}, ask)).toEqual({ canceled: false, filePath: join(folder, 'new') });
    expect(asked.map(({ detail }) => detail)).toEqual([
      '',
      'file is there already.',
      `There is no folder ${join(folder, 'none')}.`,
    ]);
  });
});

describe('a message', () => {
  it('has the buttons of the app, and answers with the one that was pressed', async () => {
    const { ask, asked } = person({ button: 1, text: '' });
    const options = { message: 'Sure?', detail: 'It goes.', buttons: ['No', 'Yes'], defaultId: 1, cancelId: 0 };
    expect(await askPerson('showMessageBox', options, ask)).toEqual({ response: 1, checkboxChecked: false });
    expect(asked).toEqual([
      { title: 'Sure?', detail: 'It goes.', field: null, buttons: ['No', 'Yes'], usual: 1, cancel: 0 },
    ]);
  });

  it('is not answered where there is no window', async () => {
    expect(await askPerson('showMessageBox', { message: 'Sure?' }, person().ask)).toBeNull();
  });
});
