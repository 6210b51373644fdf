import { randomUUID } from 'node:crypto';
import { rm, rmdir } from 'node:fs/promises';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import { createMeshFiles, type MeshFiles } from '../account/mesh-files.ts';
import type { Keychain, KeychainKind } from '../keychain/index.ts';
import { makePrivateFolder } from '../own-files/private-folder.ts';
import { readOwnFile } from '../own-files/read-own-file.ts';
import { diskFailure, hasTemporary, removeTemporaries, replaceFile } from '../own-files/replace-file.ts';
import { sealBackup } from './backup.ts';
import { encodeIdentity, readIdentity, type HomeIdentity } from './identity.ts';
import { readJournals } from './journals.ts';
import { RESTORING, layoutOf, type HomeLayout } from './layout.ts';
import { LOCK_WAIT_MS, lockHome, type HomeLock } from './lock.ts';
import { SEALED_STATE_MAX_BYTES, sealState, unsealState, type HomeKey } from './sealed-state.ts';
import { EMPTY_STATE, type AgentState } from './state.ts';
import { makeWrappingKey } from './wrapping-key.ts';

/** Endymail's own data on this computer, owned by this process until `close`. */
export interface Home {
  readonly folder: string;
  readonly id: string;
  /** What is remembered now. */
  readonly state: AgentState;
  /** Where the adapters of the mail clients keep their journals. */
  readonly clientsFolder: string;

  /** What is kept of the mesh beside the state. */
  readonly mesh: MeshFiles;

  /**
   * Remembers `change(state)`: on disk first, then here. Changes that are asked for at the same time are made one after
   * another, each on the outcome of the one before. Errors (nothing changed): `disk-full`, `home-unwritable`, `write-failed`.
   */
  update(change: (state: AgentState) => AgentState): Promise<Result<void, Failure>>;

  /** Everything, keys and journals, in one file under a passphrase. Errors: `passphrase-too-short`, `home-damaged`. */
  backup(passphrase: Redacted<string>): Promise<Result<Uint8Array, Failure>>;

  /** Deletes the keychain entry and then every file of the home, and closes it. Errors of the keychain: nothing was deleted. */
  destroy(): Promise<Result<void, Failure>>;

  /** Lets another process have the home. */
  close(): void;
}

export interface OpenHomeOptions {
  readonly folder: string;
  readonly keychain: Keychain;
  /** What to tell another process that has to wait: "endymail enable". */
  readonly command: string;
  readonly now: () => Date;
  /** How long to wait for another process, in milliseconds. */
  readonly waitForLockMs?: number;
}

/**
 * Opens the home in `folder`, or makes one where there is none, and owns it.
 * Errors (nothing was changed): `home-busy`, `home-newer`, `home-damaged`, `home-unwritable`, `keychain-key-gone`,
 * `keychain-other`, and everything of the keychain.
 */
export async function openHome(options: OpenHomeOptions): Promise<Result<Home, Failure>> {
  const { folder, keychain, command, now, waitForLockMs = LOCK_WAIT_MS } = options;
  const layout = layoutOf(folder);
  const made = await makePrivateFolder(folder);
  if (!made.ok) return made;
  const lock = await lockHome({ layout, command, now, waitMs: waitForLockMs });
  if (!lock.ok) return lock;
  const content = await openContent(layout, keychain);
  if (!content.ok) {
    lock.value.release();
    return content;
  }
  return ok(createHome({ layout, keychain, now, lock: lock.value, ...content.value }));
}

interface Content {
  readonly key: HomeKey;
  readonly state: AgentState;
}

async function openContent(layout: HomeLayout, keychain: Keychain): Promise<Result<Content, Failure>> {
  const identity = await readIdentity(layout.identity);
  if (!identity.ok) return identity;
  if (identity.value === null && (await hasTemporary(layout.folder, RESTORING))) {
    // The old data may be set aside already: a new home in its place would look as if everything were lost.
    return err(failure('home-damaged', 'A backup was being restored here, and that was interrupted.'));
  }
  const cleaned = await removeTemporaries(layout.folder);
  if (!cleaned.ok) return cleaned;
  const sealed = await readOwnFile(layout.state, SEALED_STATE_MAX_BYTES);
  if (!sealed.ok) return sealed;
  if (sealed.value === null) return makeContent(layout, keychain, identity.value?.id ?? randomUUID());
  if (identity.value === null) return err(failure('home-damaged', `This file is missing: ${layout.identity}`));
  return readContent(identity.value, keychain, sealed.value);
}

async function readContent(
  { id, keychain: kind }: HomeIdentity,
  keychain: Keychain,
  sealed: Uint8Array,
): Promise<Result<Content, Failure>> {
  if (kind !== keychain.kind) return err(otherKeychain(kind));
  const wrappingKey = await keychain.read(id);
  if (!wrappingKey.ok) return wrappingKey;
  if (wrappingKey.value === null) return err(failure('keychain-key-gone'));
  const key: HomeKey = { homeId: id, wrappingKey: wrappingKey.value };
  const state = unsealState(sealed, key);
  return state.ok ? ok({ key, state: state.value }) : state;
}

/** A first start, or one that was interrupted before anything was sealed: then the same id and key serve again. */
async function makeContent(layout: HomeLayout, keychain: Keychain, id: string): Promise<Result<Content, Failure>> {
  const existing = await keychain.read(id);
  if (!existing.ok) return existing;
  const content = await sealFirstState(layout, keychain, id, existing.value);
  if (!content.ok) {
    // What failed leaves no trace of a home: looking around needs neither home nor keychain.
    await rm(layout.identity, { force: true });
    if (existing.value === null) await keychain.delete(id);
  }
  return content;
}

async function sealFirstState(
  layout: HomeLayout,
  keychain: Keychain,
  id: string,
  existing: Redacted<Uint8Array> | null,
): Promise<Result<Content, Failure>> {
  const folder = await makePrivateFolder(layout.clients);
  if (!folder.ok) return folder;
  const identified = await replaceFile(layout.identity, encodeIdentity({ id, keychain: keychain.kind }));
  if (!identified.ok) return identified;
  const wrappingKey = existing === null ? await makeWrappingKey(keychain, id) : ok(existing);
  if (!wrappingKey.ok) return wrappingKey;
  const key: HomeKey = { homeId: id, wrappingKey: wrappingKey.value };
  const written = await writeState(layout, EMPTY_STATE, key);
  return written.ok ? ok({ key, state: EMPTY_STATE }) : written;
}

async function writeState(layout: HomeLayout, state: AgentState, key: HomeKey): Promise<Result<void, Failure>> {
  const sealed = sealState(state, key);
  return sealed.ok ? replaceFile(layout.state, sealed.value) : sealed;
}

interface HomeParts extends Content {
  readonly layout: HomeLayout;
  readonly keychain: Keychain;
  readonly now: () => Date;
  readonly lock: HomeLock;
}

function createHome({ layout, keychain, now, lock, key, state: first }: HomeParts): Home {
  let state = first;
  let open = true;
  let atWork = 0;
  let last: Promise<unknown> = Promise.resolve();

  /** One after another, in the order in which they were asked for. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    if (!open) throw new Error('This home is closed.');
    atWork += 1;
    const done = last.then(work).finally(() => {
      atWork -= 1;
    });
    last = done.catch(() => undefined);
    return done;
  };

  return {
    folder: layout.folder,
    id: key.homeId,
    clientsFolder: layout.clients,
    mesh: createMeshFiles({ folder: layout.mesh, key, inTurn }),
    get state() {
      return state;
    },

    update: (change) =>
      inTurn(async () => {
        const next = change(state);
        const written = await writeState(layout, next, key);
        if (written.ok) state = next;
        return written;
      }),

    backup: (passphrase) =>
      inTurn(async () => {
        const journals = await readJournals(layout.clients);
        return journals.ok ? sealBackup({ createdAt: now(), state, journals: journals.value }, passphrase) : journals;
      }),

    destroy: () =>
      inTurn(async () => {
        const forgotten = await keychain.delete(key.homeId);
        if (!forgotten.ok) return forgotten;
        open = false;
        return removeFiles(layout, lock);
      }),

    close() {
      if (!open) return;
      open = false;
      // What was begun is finished as the owner of the home.
      if (atWork === 0) lock.release();
      else void last.then(lock.release);
    },
  };
}

async function removeFiles(layout: HomeLayout, lock: HomeLock): Promise<Result<void, Failure>> {
  const removed = await removeData(layout);
  if (!removed.ok) {
    lock.release();
    return removed;
  }
  lock.releaseAndRemove();
  try {
    await rmdir(layout.folder);
  } catch {
    // Somebody else's file is in it, or the folder is a link of the person's own: then it stays.
  }
  return ok();
}

async function removeData(layout: HomeLayout): Promise<Result<void, Failure>> {
  try {
    for (const path of [layout.lastServed, layout.state, layout.identity]) await rm(path, { force: true });
    for (const folder of [layout.clients, layout.mesh, layout.service])
      await rm(folder, { recursive: true, force: true });
    return await removeTemporaries(layout.folder);
  } catch (error) {
    return err(diskFailure(error, layout.folder));
  }
}

/** Says where the key of a home is that was to be opened with another keychain. */
export function otherKeychain(kind: KeychainKind): Failure {
  switch (kind) {
    case 'os':
      return failure('keychain-other', 'The key of this data is in the keychain of your computer, not in a file.');
    case 'file':
      return failure('keychain-other', 'The key of this data is in a file under your passphrase, not in the keychain.');
  }
}
