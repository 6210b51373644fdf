import { createHash } from 'node:crypto';
import { lstat, mkdir, readlink, rm, rmdir, symlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { readBounded } from '../../files/bounded-read.ts';
import { defaultHomeFolder } from '../home/default-folder.ts';
import { makePrivateFolder } from '../own-files/private-folder.ts';
import { diskFailure, replaceFile } from '../own-files/replace-file.ts';
import type { System } from '../system.ts';
import {
  backgroundRecordPath,
  readBackgroundRecord,
  writeBackgroundRecord,
  type BackgroundRecord,
} from './background-record.ts';
import { launchAgent } from './launch-agent.ts';
import { logonTask } from './logon-task.ts';
import type { CommandLine, Supervised } from './supervised.ts';
import { systemdUnit } from './systemd-unit.ts';

/** How a home is served in the background by the system itself. */
export interface BackgroundView {
  /** `changed`: the file that says so was changed by hand; `missing`: it is gone. */
  readonly state: 'none' | 'installed' | 'changed' | 'missing';
  readonly name: string;
  readonly file: string;
  /** As far as the system tells. */
  readonly isRunning: boolean;
  /** What the person is to run, because the system could not be asked to do it. */
  readonly byHand: readonly CommandLine[];
}

/** Has a home served from the start of the person's session on, and again where that ends without being told to. */
export interface BackgroundService {
  /**
   * Writes what is needed and starts it; what it wrote before is replaced. `serve`: what serves this home.
   * Errors: `file-exists` (something stands there that is not Endymail's, or was changed by hand), `disk-full`,
   * `home-unwritable`, `write-failed`.
   */
  install(serve: CommandLine): Promise<Result<BackgroundView, Failure>>;
  /**
   * Takes away what was written, and nothing else: a file that was changed by hand stays, and starts nothing any more.
   * `stops`: what serves is ended too. Errors: `home-unwritable`, `write-failed`.
   */
  takeAway(options: { readonly stops: boolean }): Promise<Result<BackgroundView, Failure>>;
  status(): Promise<BackgroundView>;
}

export interface BackgroundParts {
  readonly system: System;
  readonly home: string;
  /** The number of the person, where the system has one. */
  readonly userId: number;
  /** Runs a program of the system; whether it ended well. */
  readonly run: (command: CommandLine) => Promise<boolean>;
}

const ID = 'endymail';
const DIGEST_CHARS = 16;
const FILE_MAX_BYTES = 64 * 1_024;

export function createBackgroundService({ system, home, userId, run }: BackgroundParts): BackgroundService {
  const isDefault = resolve(defaultHomeFolder(system)) === home;
  const id = isDefault ? ID : `${ID}-${sha256(home).slice(0, DIGEST_CHARS)}`;

  function supervised(serve: CommandLine): Supervised {
    if (system.platform === 'win32') return logonTask(system, id, home, serve);
    if (system.platform === 'darwin') return launchAgent(system, id, userId, serve);
    return systemdUnit(system, id, serve);
  }
  /** Where everything is, and how it is called: the same whatever serves. */
  const places = supervised(['']);

  const view = async (
    state: BackgroundView['state'],
    byHand: readonly CommandLine[] = [],
  ): Promise<BackgroundView> => ({
    state,
    name: places.name,
    file: places.file.path,
    isRunning: state !== 'none' && (await run(places.isRunning)),
    byHand,
  });

  /** Runs one after the other; from the first that fails on they are the person's. */
  async function runAll(commands: readonly CommandLine[]): Promise<readonly CommandLine[]> {
    for (const [index, command] of commands.entries()) {
      if (!(await run(command))) return commands.slice(index);
    }
    return [];
  }

  async function install(serve: CommandLine): Promise<Result<BackgroundView, Failure>> {
    const wanted = supervised(serve);
    const old = await readBackgroundRecord(home);
    const { path } = wanted.file;
    const standing = await stateOf(path, old?.file.path === path ? old.file.digests : []);
    if (standing === 'changed') {
      return err(failure('file-exists', `${path} is there already, and is not what Endymail wrote.`));
    }
    // It was written for another place: a person may keep settings elsewhere by now.
    if (old !== null && old.file.path !== path) {
      const gone = await takeAway({ stops: true });
      if (!gone.ok) return gone;
    }
    const written = await write(wanted, old);
    if (!written.ok) return written;
    const wasRunning = old !== null && (await run(wanted.isRunning));
    const steps = [...wanted.wrote, ...(wasRunning ? [wanted.stop] : []), wanted.start];
    return ok(await view('installed', await runAll(steps)));
  }

  /** What was written is remembered before it is, so that nothing is left of an end in the middle. */
  async function write({ name, file, link }: Supervised, old: BackgroundRecord | null): Promise<Result<void, Failure>> {
    const made = await makePrivateFolder(home);
    if (!made.ok) return made;
    const missing = [
      ...new Set([...(await missingFolders(file.path)), ...(link === null ? [] : await missingFolders(link.path))]),
    ];
    const record: BackgroundRecord = {
      name,
      // The old one too: until the new one is there, that is what stands there.
      file: { path: file.path, digests: [sha256(file.content), ...(old?.file.digests.slice(0, 1) ?? [])] },
      link,
      folders: [...new Set([...(old?.folders ?? []), ...missing])],
    };
    const noted = await writeBackgroundRecord(home, record);
    if (!noted.ok) return noted;
    try {
      await mkdir(dirname(file.path), { recursive: true });
      if (link !== null) await mkdir(dirname(link.path), { recursive: true });
      const written = await replaceFile(file.path, file.content);
      if (!written.ok) return written;
      if (link !== null && !(await isLinkTo(link))) await symlink(link.target, link.path);
      return ok();
    } catch (error) {
      return err(diskFailure(error, link?.path ?? file.path));
    }
  }

  async function takeAway({ stops }: { readonly stops: boolean }): Promise<Result<BackgroundView, Failure>> {
    const record = await readBackgroundRecord(home);
    if (record === null) return ok(await view('none'));
    const state = await stateOf(record.file.path, record.file.digests);
    if (stops && (await run(places.isRunning))) await run(places.stop);
    try {
      if (record.link !== null && (await isLinkTo(record.link))) await rm(record.link.path);
      if (state === 'installed') await rm(record.file.path);
      for (const folder of record.folders.toReversed()) await rmdir(folder).catch(() => undefined);
      const left = await runAll(places.removed);
      await rm(backgroundRecordPath(home), { force: true });
      // Where it is the last of a home; otherwise it is not empty.
      await rmdir(home).catch(() => undefined);
      // Where the system can not be asked, nobody knows whether it runs.
      const byHand = stops && left.length > 0 ? [places.stop, ...left] : left;
      return ok(await view(state === 'changed' ? 'changed' : 'none', byHand));
    } catch (error) {
      return err(diskFailure(error, record.file.path));
    }
  }

  return {
    install,
    takeAway,
    async status() {
      const record = await readBackgroundRecord(home);
      return view(record === null ? 'none' : await stateOf(record.file.path, record.file.digests));
    },
  };
}

/** What stands at a path, where one of these is what was written there. */
async function stateOf(path: string, written: readonly string[]): Promise<Exclude<BackgroundView['state'], 'none'>> {
  const kind = await lstat(path).catch(() => null);
  if (kind === null) return 'missing';
  const content = kind.isFile() ? await readBounded(path, FILE_MAX_BYTES) : null;
  const isOurs = content?.ok === true && content.value !== null && written.includes(sha256(content.value));
  return isOurs ? 'installed' : 'changed';
}

async function isLinkTo({ path, target }: NonNullable<Supervised['link']>): Promise<boolean> {
  return (await readlink(path).catch(() => null)) === target;
}

/** The folders above a file that are not there, the outermost first. */
async function missingFolders(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  if (folder === path || (await lstat(folder).catch(() => null)) !== null) return [];
  return [...(await missingFolders(folder)), folder];
}

const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');
