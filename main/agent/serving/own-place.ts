import { rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ok, type Failure, type Result } from '@endymail/shared/result';
import { lockHome, type HomeLock } from '../home/lock.ts';
import { makePrivateFolder } from '../own-files/private-folder.ts';
import type { System } from '../system.ts';
import {
  chooseSocket,
  removeSockets,
  servingLayoutOf,
  writeEndpoint,
  type Endpoint,
  type ServingLayout,
} from './endpoint.ts';
import { newToken } from './proof.ts';

/** The place of the one process that serves a home. */
export interface OwnPlace {
  readonly endpoint: Endpoint;
  /** False once the folder was taken away, or another put in its place: then nobody is served from here any more. */
  isStillOurs(): Promise<boolean>;
  /** Takes away what served, and the home with it where nothing else was ever in it. */
  leave(): Promise<void>;
}

/** Who asks whether a home is served holds the lock for an instant. */
const LOCK_WAIT_MS = 1_000;

/**
 * Takes the place, as the only one: by a lock of the operating system, which ends with the process (see `lockHome`).
 * What a process that was killed has left is taken away.
 * Errors: `home-busy` (another serves; it is named), `home-unwritable`, `disk-full`, `write-failed`.
 */
export async function takePlace(home: string, command: string, system: System): Promise<Result<OwnPlace, Failure>> {
  const layout = servingLayoutOf(home);
  for (const folder of [dirname(layout.folder), layout.folder]) {
    const made = await makePrivateFolder(folder);
    if (!made.ok) return made;
  }
  const lock = await lockHome({ layout, command, now: system.now, waitMs: LOCK_WAIT_MS });
  if (!lock.ok) return lock;
  const endpoint = await makeEndpoint(layout, system);
  if (!endpoint.ok) {
    lock.value.release();
    return endpoint;
  }
  return ok(await placeOf(layout, lock.value, endpoint.value));
}

async function makeEndpoint(layout: ServingLayout, system: System): Promise<Result<Endpoint, Failure>> {
  const socket = await chooseSocket(layout, system);
  if (!socket.ok) return socket;
  const cleared = await removeSockets(socket.value);
  if (!cleared.ok) return cleared;
  const endpoint = { socket: socket.value, token: newToken() };
  const written = await writeEndpoint(layout, endpoint);
  return written.ok ? ok(endpoint) : written;
}

async function placeOf(layout: ServingLayout, lock: HomeLock, endpoint: Endpoint): Promise<OwnPlace> {
  const lockFile = await inodeOf(layout.lock);
  const isStillOurs = async (): Promise<boolean> => (await inodeOf(layout.lock)) === lockFile;
  return {
    endpoint,
    isStillOurs,
    async leave() {
      if (!(await isStillOurs())) {
        lock.release();
        return;
      }
      // What can not be taken away is a socket that nobody answers on: the next one takes it away.
      await removeSockets(endpoint.socket);
      await rm(layout.endpoint, { force: true }).catch(() => undefined);
      lock.releaseAndRemove();
      const folders = new Set([dirname(endpoint.socket), layout.folder, dirname(layout.folder)]);
      for (const folder of folders) await rmdir(folder).catch(() => undefined);
    },
  };
}

async function inodeOf(path: string): Promise<bigint | null> {
  try {
    return (await stat(path, { bigint: true })).ino;
  } catch {
    return null;
  }
}
