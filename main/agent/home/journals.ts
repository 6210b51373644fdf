import { mkdir, readdir, rename } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { utf8Text } from '../../files/decode.ts';
import { PRIVATE_FOLDER_MODE } from '../../files/durable-write.ts';
import { errnoOf } from '../../files/system-error.ts';
import { JOURNAL_MAX_BYTES } from '../mail-clients/adapter.ts';
import { readOwnFile } from '../own-files/read-own-file.ts';
import { replaceFile } from '../own-files/replace-file.ts';

/** The adapters' journals as text, by their path below `clients/`, with `/` between the parts. */
export type Journals = Readonly<Record<string, string>>;

const JOURNALS_MAX_BYTES = 32 * 1024 * 1024;
export const JOURNALS_MAX = 2_000;
const DEPTH_MAX = 4;

/** What a journal may be called. A backup can not name a file outside the folder, nor a hidden or a temporary one. */
const NAME = '[A-Za-z0-9][A-Za-z0-9._-]{0,127}';
export const JOURNAL_PATH = new RegExp(`^${NAME}(/${NAME}){0,${DEPTH_MAX - 1}}$`);

/** Reads all journals. Errors: `home-damaged` (one that is not readable or no text, or more than the bounds). */
export async function readJournals(folder: string): Promise<Result<Journals, Failure>> {
  const journals: Record<string, string> = {};
  let totalBytes = 0;
  for (const path of await journalPaths(folder)) {
    const file = await readOwnFile(join(folder, path), JOURNAL_MAX_BYTES);
    if (!file.ok) return file;
    const bytes = file.value ?? new Uint8Array(0);
    const text = utf8Text(bytes);
    totalBytes += bytes.length;
    if (text === null || totalBytes > JOURNALS_MAX_BYTES || Object.keys(journals).length >= JOURNALS_MAX) {
      return err(failure('home-damaged', `This is not a journal of Endymail: ${join(folder, path)}`));
    }
    journals[path] = text;
  }
  return ok(journals);
}

/** Writes journals into an empty folder. Errors: `disk-full`, `home-unwritable`, `write-failed`. */
export async function writeJournals(folder: string, journals: Journals): Promise<Result<void, Failure>> {
  for (const [path, text] of Object.entries(journals)) {
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: PRIVATE_FOLDER_MODE });
    const written = await replaceFile(join(folder, path), Buffer.from(text, 'utf8'));
    if (!written.ok) return written;
  }
  return ok();
}

/**
 * Moves the journals of `from` to `to`, except where `to` has one of this name: what is written in the profiles of this
 * computer is told by the journal that is here, not by an older one from a backup.
 */
export async function moveMissingJournals(from: string, to: string): Promise<void> {
  for (const path of await journalPaths(from)) {
    if (existsSync(join(to, path))) continue;
    await mkdir(dirname(join(to, path)), { recursive: true, mode: PRIVATE_FOLDER_MODE });
    await rename(join(from, path), join(to, path));
  }
}

async function journalPaths(folder: string, below = ''): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const entry of await entriesOf(join(folder, below))) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (!JOURNAL_PATH.test(path)) continue;
    if (entry.isDirectory()) paths.push(...(await journalPaths(folder, path)));
    else if (entry.isFile()) paths.push(path);
  }
  return paths;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
