import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { FileFilter, OpenDialogOptions, SaveDialogOptions } from 'electron';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { replaceDurably } from '../files/durable-write.ts';
import { readInputFile } from '../files/input-file.ts';
import { isDiskFull, messageOf } from '../files/system-error.ts';
import { TEXTS } from './texts.ts';

/** Files of the person, which only a dialogue of the system names. Null: the dialogue was dismissed. */
export interface PersonFiles<Window> {
  /** Errors: `file-unreadable`. */
  readonly open: (parent: Window, ask: OpenQuestion) => Promise<Result<Buffer | null, Failure>>;
  readonly chooseFolder: (parent: Window, title: string) => Promise<string | null>;
  /** The path to write to; the dialogue has asked where there is a file already. */
  readonly chooseTarget: (parent: Window, ask: SaveQuestion) => Promise<string | null>;
}

export interface OpenQuestion {
  readonly title: string;
  readonly kind: FileFilter;
  readonly maxBytes: number;
}

export interface SaveQuestion {
  readonly title: string;
  readonly kind: FileFilter;
  readonly name: string;
}

/** What of Electron's `dialog` asks for files, in front of a window. */
export interface FileDialogs<Window> {
  showOpenDialog(parent: Window, options: OpenDialogOptions): Promise<{ canceled: boolean; filePaths: string[] }>;
  showSaveDialog(parent: Window, options: SaveDialogOptions): Promise<{ canceled: boolean; filePath: string }>;
}

export function personFiles<Window>(dialog: FileDialogs<Window>): PersonFiles<Window> {
  const filtersOf = (kind: FileFilter): FileFilter[] => [kind, { name: TEXTS.files.allKinds, extensions: ['*'] }];
  return {
    async open(parent, { title, kind, maxBytes }) {
      const chosen = await dialog.showOpenDialog(parent, {
        title,
        buttonLabel: TEXTS.files.open,
        filters: filtersOf(kind),
        properties: ['openFile'],
      });
      const path = chosen.filePaths[0];
      return chosen.canceled || path === undefined ? ok(null) : readInputFile(path, maxBytes);
    },

    async chooseFolder(parent, title) {
      const chosen = await dialog.showOpenDialog(parent, {
        title,
        buttonLabel: TEXTS.files.useFolder,
        // Thunderbird's own folder begins with a dot on Linux.
        properties: ['openDirectory', 'showHiddenFiles'],
      });
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },

    async chooseTarget(parent, { title, kind, name }) {
      const chosen = await dialog.showSaveDialog(parent, {
        title,
        defaultPath: name,
        buttonLabel: TEXTS.files.save,
        filters: filtersOf(kind),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
    },
  };
}

/** What is to be written, and what is said of it afterwards. */
export interface MadeFile<Tells> {
  readonly content: Uint8Array | string;
  readonly tells: Tells;
}

/** Asks where to, and only then has the file made: what is secret is not made for a dialogue that is dismissed. */
export async function writeWhereSaid<Window, Tells>(
  files: Pick<PersonFiles<Window>, 'chooseTarget'>,
  window: Window,
  target: SaveQuestion,
  make: () => Promise<Result<MadeFile<Tells>, Failure>>,
  mode: 0o600 | 0o644,
): Promise<Result<(Tells & { fileName: string }) | null, Failure>> {
  const path = await files.chooseTarget(window, target);
  if (path === null) return ok(null);
  const made = await make();
  if (!made.ok) return made;
  const fileName = await writeChosen(path, made.value.content, mode);
  return fileName.ok ? ok({ ...made.value.tells, fileName: fileName.value }) : fileName;
}

/**
 * Writes where the person said, whole or not at all: what stood there stays until the new file is on the disk.
 * Returns the file's name. Errors: `disk-full`, `write-failed`.
 */
async function writeChosen(
  path: string,
  content: Uint8Array | string,
  mode: 0o600 | 0o644,
): Promise<Result<string, Failure>> {
  const name = basename(path);
  const temporary = join(dirname(path), `.${name}.${randomBytes(6).toString('hex')}`);
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  try {
    await replaceDurably({ path, content: bytes, mode, temporary });
    return ok(name);
  } catch (error) {
    return err(
      isDiskFull(error)
        ? failure('disk-full')
        : failure('write-failed', TEXTS.failures.notWritten(name), messageOf(error)),
    );
  }
}
