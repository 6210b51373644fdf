import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { errnoOf } from '../../main/files/system-error.ts';
import { NAMELESS } from '../../main/agent/mail-clients/thunderbird/files/nameless-file.ts';
import type { TestHome } from '../harness/index.ts';

/** How the names of files begin that Endymail makes for the time of one step. */
const TRANSIENT = '.endymail-';
/** A PFX begins with SEQUENCE (length in one, two or three bytes), then INTEGER 3 (RFC 7292 §4). */
const PKCS12 = /^30(82....|81..|83......)020103/;

/**
 * Everything of a step that a crash left: files with a transient name in the home, the runtime folder and the system's
 * temporary folders, and anything anywhere in the home that is a PKCS#12. A file that was about to lose its name is none
 * as long as it is empty: a kill in that instant leaves the name, which the next run takes away, and nothing in it.
 */
export function leftovers(home: TestHome): readonly string[] {
  const inHome = filesIn(join(home.folder, '..')).filter((file) => !file.startsWith(home.scratchFolder));
  const elsewhere = [tmpdir(), '/dev/shm'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith(TRANSIENT))
      .map((name) => join(folder, name)),
  );
  return [...inHome.filter((file) => basename(file).startsWith(TRANSIENT) || isPkcs12(file)), ...elsewhere].filter(
    (file) => !(NAMELESS.test(basename(file)) && isEmpty(file)),
  );
}

/** Also a file that is gone by now. */
function isEmpty(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A tool that outlives who started it by an instant may take its own file away before it is looked at. */
function isPkcs12(file: string): boolean {
  const descriptor = openIfThere(file);
  if (descriptor === null) return false;
  const start = Buffer.alloc(16);
  try {
    readSync(descriptor, start, 0, start.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return PKCS12.test(start.toString('hex'));
}

function openIfThere(file: string): number | null {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}
