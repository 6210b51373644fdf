import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ClientProfile } from '@endymail/shared/mail';
import type { System } from '../../../system.ts';
import type { TransportKey } from '../../adapter.ts';
import { namelessFile, type NamelessFile } from '../files/nameless-file.ts';

/** The files that carry keys into the client. */
export interface KeyFiles {
  /** Names inside the profile folder; they go into the journal before `make`. */
  readonly names: readonly string[];
  /** Makes the files; returns the path of each as the client sees it. */
  readonly make: () => Promise<readonly string[]>;
  /** Nothing of them is left afterwards. Safe to call more than once. */
  readonly dispose: () => Promise<void>;
}

/**
 * On Linux a native client reads a file without a name through this process' own descriptor (/proc/<pid>/fd/<n>).
 * Elsewhere the file needs a name: the client runs in a sandbox that sees the profile folder and little else, or the
 * system has no such path. The password of what it holds never reaches a disk.
 */
export function keyFiles(
  profile: ClientProfile,
  keys: readonly TransportKey[],
  system: System,
  folder: string,
): KeyFiles {
  if (system.platform === 'linux' && profile.packaging === 'native') {
    return namelessKeyFiles(keys, folder);
  }
  return namedKeyFiles(keys, profile.path);
}

function namelessKeyFiles(keys: readonly TransportKey[], folder: string): KeyFiles {
  const handles: NamelessFile[] = [];
  return {
    names: [],
    make: () => {
      for (const key of keys) handles.push(namelessFile(folder, key.pkcs12.reveal()));
      return Promise.resolve(handles.map(({ fd }) => `/proc/${process.pid}/fd/${fd}`));
    },
    dispose: () => {
      for (const handle of handles.splice(0)) handle.close();
      return Promise.resolve();
    },
  };
}

function namedKeyFiles(keys: readonly TransportKey[], folder: string): KeyFiles {
  const names = keys.map(() => `.endymail-${randomBytes(12).toString('hex')}.p12`);
  return {
    names,
    make: async () => {
      const paths = names.map((name) => path.join(folder, name));
      for (const [index, key] of keys.entries()) {
        await using handle = await open(paths[index] ?? folder, 'wx', 0o600);
        await handle.writeFile(key.pkcs12.reveal());
      }
      return paths;
    },
    dispose: async () => {
      for (const name of names) await rm(path.join(folder, name), { force: true });
    },
  };
}
