import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redacted, err, ok, type Failure, type Result } from '@endymail/shared/result';
import { decodeSnapshot, encodeSnapshot, partsOf, type Reading, type Snapshot } from '@endymail/shared/catalog';
import { CHAIN_LIMITS, type Profile } from '@endymail/shared/identity';
import type { AccountId, SequenceId } from '@endymail/shared/sealing';
import type { HomeKey } from '../home/sealed-state.ts';
import { SEAL_OVERHEAD_BYTES, deriveKey, seal, unseal } from '../keychain/sealing/aead.ts';
import { makePrivateFolder } from '../own-files/private-folder.ts';
import { readOwnFile } from '../own-files/read-own-file.ts';
import { diskFailure, removeTemporaries, replaceFile } from '../own-files/replace-file.ts';
import { decodeLinks, encodeLinks } from './links-file.ts';

/**
 * What is kept of the mesh beside the sealed state: it can all be had again from the service, and is kept so that it need
 * not be. What is damaged, of another account, or of another form counts as not kept; how far it may be believed, the
 * heads in the sealed state say.
 */
export interface MeshFiles {
  /** The links of the profile chain, as they came; none where there are none. Errors: `home-damaged` (not readable). */
  readonly links: (account: AccountId) => Promise<Result<readonly Uint8Array[], Failure>>;

  /**
   * Keeps all links of a chain. What was kept of another account goes.
   * Errors: `disk-full`, `home-unwritable`, `write-failed`.
   */
  readonly saveLinks: (account: AccountId, links: readonly Uint8Array[]) => Promise<Result<void, Failure>>;

  /** What was read of a sequence; null where nothing is kept that can be used. Errors: `home-damaged` (not readable). */
  readonly reading: (profile: Profile, sequence: SequenceId) => Promise<Result<Reading | null, Failure>>;

  /**
   * Keeps what was read of a sequence; after a crash, this or what was kept before is there as a whole.
   * Errors: `disk-full`, `home-unwritable`, `write-failed`.
   */
  readonly saveReading: (reading: Reading) => Promise<Result<void, Failure>>;
}

export interface MeshFilesOptions {
  readonly folder: string;
  readonly key: HomeKey;
  /** One after another with everything else that is done in the home. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

const CHAIN = 'chain';
const ROOT = 'root';

/** The bytes of all links, and as much again for the lengths before them. */
const CHAIN_FILE_MAX_BYTES = 2 * CHAIN_LIMITS.bytes;

/** A part holds about 256 items of 64 KiB at the most. */
const PART_MAX_BYTES = 32 * 1024 * 1024 + SEAL_OVERHEAD_BYTES;

/** The mesh's files in a folder of the home, which is made when something is kept for the first time. */
export function createMeshFiles({ folder, key, inTurn }: MeshFilesOptions): MeshFiles {
  const stored = new Map<SequenceId, Snapshot>();
  const sealing = new Redacted(deriveKey(key.wrappingKey.reveal(), `endymail home ${key.homeId} mesh`));
  // The name, which begins with the sequence, is authenticated: no file can stand in the place of another.
  const contextOf = (name: string): Uint8Array => Buffer.from(`endymail mesh 1 ${key.homeId} ${name}`, 'utf8');
  const chain = join(folder, CHAIN);

  async function readSealed(name: string): Promise<Result<Uint8Array | null, Failure>> {
    const file = await readOwnFile(join(folder, name), PART_MAX_BYTES);
    return file.ok && file.value !== null ? ok(unseal(sealing, contextOf(name), file.value)) : file;
  }

  const writeSealed = (name: string, plain: Uint8Array): Promise<Result<void, Failure>> =>
    replaceFile(join(folder, name), seal(sealing, contextOf(name), plain));

  async function readSnapshot(sequence: SequenceId): Promise<Result<Snapshot | null, Failure>> {
    const root = await readSealed(nameOf(sequence, ROOT));
    if (!root.ok) return root;
    const names = root.value === null ? null : partsOf(root.value);
    if (root.value === null || !names?.ok) return ok(null);
    const parts = new Map<string, Uint8Array>();
    for (const name of names.value) {
      const part = await readSealed(nameOf(sequence, name));
      if (!part.ok) return part;
      if (part.value === null) return ok(null);
      parts.set(name, part.value);
    }
    const snapshot = decodeSnapshot(root.value, parts);
    return ok(snapshot.ok ? snapshot.value : null);
  }

  async function writeSnapshot(reading: Reading): Promise<Result<void, Failure>> {
    const { sequence } = reading.state;
    const { snapshot, parts, root } = encodeSnapshot(reading, stored.get(sequence) ?? null);
    const made = await makePrivateFolder(folder);
    if (!made.ok) return made;
    for (const { name, bytes } of parts) {
      const written = await writeSealed(nameOf(sequence, name), bytes);
      if (!written.ok) return written;
    }
    const written = await writeSealed(nameOf(sequence, ROOT), root);
    if (!written.ok) return written;
    stored.set(sequence, snapshot);
    const used = partsOf(root);
    if (!used.ok) throw new Error('a root that was just written can not be read');
    return removeUnused(folder, sequence, new Set([ROOT, ...used.value].map((name) => nameOf(sequence, name))));
  }

  async function writeLinks(account: AccountId, links: readonly Uint8Array[]): Promise<Result<void, Failure>> {
    const before = await readOwnFile(chain, CHAIN_FILE_MAX_BYTES);
    const known = before.ok && before.value !== null ? decodeLinks(before.value) : null;
    if (known !== null && known.account !== account) {
      const cleared = await removeAll(folder);
      if (!cleared.ok) return cleared;
      stored.clear();
    }
    const made = await makePrivateFolder(folder);
    return made.ok ? replaceFile(chain, encodeLinks({ account, links })) : made;
  }

  return {
    links: (account) =>
      inTurn(async () => {
        const file = await readOwnFile(chain, CHAIN_FILE_MAX_BYTES);
        if (!file.ok) return file;
        const known = file.value === null ? null : decodeLinks(file.value);
        return ok(known?.account === account ? known.links : []);
      }),

    saveLinks: (account, links) => inTurn(() => writeLinks(account, links)),

    reading: (profile, sequence) =>
      inTurn(async () => {
        const snapshot = await readSnapshot(sequence);
        if (!snapshot.ok || snapshot.value === null) return snapshot.ok ? ok(null) : snapshot;
        const { reading } = snapshot.value;
        const { state, fold } = reading;
        const isOfProfile =
          state.account === profile.account &&
          state.sequence === sequence &&
          fold.catalog === profile.sequences.get(sequence)?.catalog;
        if (!isOfProfile) return ok(null);
        stored.set(sequence, snapshot.value);
        return ok(reading);
      }),

    saveReading: (reading) => inTurn(() => writeSnapshot(reading)),
  };
}

const nameOf = (sequence: SequenceId, part: string): string => `${sequence}.${part}`;

/** What a root of before used, and what was begun and not finished. */
async function removeUnused(
  folder: string,
  sequence: SequenceId,
  used: ReadonlySet<string>,
): Promise<Result<void, Failure>> {
  try {
    for (const name of await readdir(folder)) {
      if (name.startsWith(`${sequence}.`) && !used.has(name)) await rm(join(folder, name), { force: true });
    }
    return await removeTemporaries(folder);
  } catch (error) {
    return err(diskFailure(error, folder));
  }
}

async function removeAll(folder: string): Promise<Result<void, Failure>> {
  try {
    await rm(folder, { recursive: true, force: true });
    return ok();
  } catch (error) {
    return err(diskFailure(error, folder));
  }
}
