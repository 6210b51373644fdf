import { existsSync } from 'node:fs';
import { readdir, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { NAMELESS } from '../files/nameless-file.ts';
import { successorOf } from '../files/replace-file.ts';
import { prefsFile } from '../reading/index.ts';

/** NSS' databases of certificates and keys. */
const DATABASES = ['cert9.db', 'key4.db'];

/**
 * Has SQLite take back what a killed program left half done in the databases, as Thunderbird's next start would. The
 * caller holds the profile. Without it they can not be read: reading alone may not touch them.
 */
export function recoverDatabases(profilePath: string): void {
  for (const name of DATABASES) {
    const file = path.join(profilePath, name);
    if (!existsSync(`${file}-journal`)) continue;
    try {
      using database = new DatabaseSync(file);
      database.exec('SELECT 1 FROM sqlite_schema');
    } catch {
      // Whoever reads it next says what is wrong with it.
    }
  }
}

/** Removes what a crash left of files that were being made. The caller holds the profile. */
export async function removeHalfMade(profilePath: string, namelessFolder: string): Promise<void> {
  try {
    await rm(successorOf(await realpath(prefsFile(profilePath))), { force: true });
    for (const name of await readdir(namelessFolder)) {
      // Empty: a crash came in the instant between a file's making and the taking away of its name.
      const file = path.join(namelessFolder, name);
      if (NAMELESS.test(name) && (await stat(file)).size === 0) await rm(file, { force: true });
    }
  } catch {
    // Nothing in them is a secret, and what is in the way of removing them will be in the way of the work and be named.
  }
}
