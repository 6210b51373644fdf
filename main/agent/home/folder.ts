import { chmod, mkdir } from 'node:fs/promises';
import { err, ok, type Failure, type Result } from '@endymail/shared/result';
import { PRIVATE_FOLDER_MODE, diskFailure } from '../keychain/sealing/replace-file.ts';

/** Makes a folder for its owner alone, or makes one that is there so. Errors: `home-unwritable`, `disk-full`, … */
export async function makePrivateFolder(path: string): Promise<Result<void, Failure>> {
  try {
    await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER_MODE });
    await chmod(path, PRIVATE_FOLDER_MODE);
    return ok();
  } catch (error) {
    return err(diskFailure(error, path));
  }
}
