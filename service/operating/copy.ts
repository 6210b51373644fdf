import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceId } from '@endymail/shared/mesh-api';
import { serviceIdText } from '@endymail/shared/mesh-api';
import { err, ok, type Result } from '@endymail/shared/result';
import { readServiceId, SERVICE_ID_FILE } from '../service-id-file.ts';
import { STORE_FILE, systemCodeOf } from '../start-service.ts';
import { isFull } from '../store/sqlite/error-codes.ts';
import { openKept, type Kept } from '../store/sqlite/kept.ts';
import type { OpenFault } from '../store/sqlite/schema.ts';
import { isThere, newFolder } from './new-folder.ts';

/**
 * `missing`: no data of a service is in the folder · `no-id`, `newer`, `foreign`, `damaged`, `unwritable`: what is in it
 * can not be used · `there`: something is where the copy should come · `no-room`, `refused`: it can not be written.
 */
export type CopyFault = OpenFault | 'missing' | 'no-id' | 'there' | 'no-room' | 'refused';

const FILE_MODE = 0o600;

/** A folder of a service, opened to be read. */
export interface KeptFolder {
  readonly service: ServiceId;
  readonly kept: Kept;
}

/** Opens what a service keeps in a folder. Whoever gets it closes `kept`. */
export async function openFolder(folder: string): Promise<Result<KeptFolder, CopyFault>> {
  const service = await readServiceId(folder).catch(() => null);
  const kept = openKept(join(folder, STORE_FILE));
  if (!kept.ok) return kept;
  if (service !== null) return ok({ service, kept: kept.value });
  kept.value[Symbol.dispose]();
  return err('no-id');
}

/**
 * Copies what a service keeps into a folder that is not there yet: all that was acknowledged before, as of one moment. The
 * service goes on meanwhile. The copy is there as a whole, on disk, or not at all.
 */
export async function copyFolder(from: string, to: string): Promise<Result<void, CopyFault>> {
  if (await isThere(to)) return err('there');
  const opened = await openFolder(from);
  if (!opened.ok) return opened;
  const { service } = opened.value;
  using kept = opened.value.kept;
  try {
    await newFolder(to, async (folder) => {
      const file = join(folder, STORE_FILE);
      // Made here, as SQLite would make it readable for others.
      await writeFile(file, '', { mode: FILE_MODE, flag: 'wx' });
      kept.copyInto(file);
      await writeFile(join(folder, SERVICE_ID_FILE), `${serviceIdText(service)}\n`, { mode: FILE_MODE });
    });
    return ok();
  } catch (error) {
    return err(isFull(error) || systemCodeOf(error) === 'ENOSPC' ? 'no-room' : 'refused');
  }
}
