import { cp, mkdir, readdir, realpath, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { err, ok, type Failure, type Result } from '@endymail/shared/result';
import { PRIVATE_FOLDER_MODE, syncFolder } from '../../files/durable-write.ts';
import { errnoOf } from '../../files/system-error.ts';
import { diskFailure } from '../own-files/replace-file.ts';
import { isOurData, type HomeLayout } from './layout.ts';

/**
 * Moves the data of a home to `<folder>-set-aside-<time>` beside it; the files named in `except` stay. The journals are
 * copied there and stay as well: what Endymail wrote into the mail clients is in them still, and only the journals know
 * how to take it back. Null when there was nothing to move. Errors: `home-unwritable`, `disk-full`, `write-failed`.
 */
export async function setAsideData(
  layout: HomeLayout,
  now: Date,
  except: readonly string[] = [],
): Promise<Result<string | null, Failure>> {
  try {
    const names = (await readdir(layout.folder)).filter((name) => isOurData(name) && !except.includes(name));
    const journals = basename(layout.clients);
    const identity = basename(layout.identity);
    const moved = names.filter((name) => name !== journals);
    if (moved.length === 0) return ok(null);

    const target = await makeTarget(await realpath(layout.folder), now);
    if (names.includes(journals)) await cp(layout.clients, join(target, journals), { recursive: true });
    // The identity first: what remains without one, should this be interrupted, is taken for damaged and not for new.
    for (const name of moved.toSorted((a, b) => Number(b === identity) - Number(a === identity))) {
      await rename(join(layout.folder, name), join(target, name));
    }
    await syncFolder(target);
    await syncFolder(layout.folder);
    return ok(target);
  } catch (error) {
    return err(diskFailure(error, `${layout.folder}-set-aside`));
  }
}

/** A folder that was not there before. */
async function makeTarget(folder: string, now: Date): Promise<string> {
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  for (let attempt = 1; ; attempt += 1) {
    const target = `${folder}-set-aside-${stamp}${attempt === 1 ? '' : `-${attempt}`}`;
    try {
      await mkdir(target, { mode: PRIVATE_FOLDER_MODE });
      return target;
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
}
