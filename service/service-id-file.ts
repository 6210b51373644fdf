import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseServiceId, parseServiceIdText, serviceIdText, type ServiceId } from '@endymail/shared/mesh-api';
import { randomBytes, toHex } from '@endymail/shared/sealing/public';

/** Where the id is, in the folder of the data. */
export const SERVICE_ID_FILE = 'service-id';
const FILE_MODE = 0o600;
const ID_BYTES = 16;

/** The id in a folder; null: it is damaged. Throws what the file system says, also where there is none. */
export const readServiceId = async (folder: string): Promise<ServiceId | null> =>
  parseServiceIdText((await readFile(join(folder, SERVICE_ID_FILE), 'utf8')).trim());

/**
 * The id of the service whose data is in a folder, made when it first starts: what is signed for one service is nothing at
 * another. Null: the file is damaged. Throws what the file system says.
 */
export async function openServiceId(folder: string): Promise<ServiceId | null> {
  const path = join(folder, SERVICE_ID_FILE);
  const bytes = randomBytes(ID_BYTES);
  const made = parseServiceId(bytes);
  if (made === null) throw new TypeError('An id has 16 bytes');
  try {
    return await readServiceId(folder);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  const temporary = join(folder, `${SERVICE_ID_FILE}.${toHex(bytes)}`);
  try {
    const file = await open(temporary, 'wx', FILE_MODE);
    await file.writeFile(`${serviceIdText(made)}\n`);
    await file.sync();
    await file.close();
    // Fails where there is one: of two that start at once, one makes it and the other reads it. Never half of one.
    await link(temporary, path);
    return made;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return await readServiceId(folder);
  } finally {
    await rm(temporary, { force: true });
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
