import { chmod, mkdir } from 'node:fs/promises';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { PRIVATE_FOLDER_MODE } from '../../files/durable-write.ts';
import { diskFailure } from './replace-file.ts';

/** Makes a folder for its owner alone, or makes one that is there so. Errors: `home-unwritable`, `disk-full`. */
export async function makePrivateFolder(path: string): Promise<Result<void, Failure>> {
  try {
    await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER_MODE });
    await chmod(path, PRIVATE_FOLDER_MODE);
    return ok();
  } catch (error) {
    const failed = diskFailure(error, path);
    // On a disk that is read-only Node reports the missing folder (ENOENT) instead of EROFS.
    return err(
      failed.code === 'disk-full'
        ? failed
        : failure('home-unwritable', `The folder ${path} can not be made or written to.`, failed.detail),
    );
  }
}
