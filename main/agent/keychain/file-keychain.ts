import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redacted, err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { makePrivateFolder } from '../own-files/private-folder.ts';
import { readOwnFile } from '../own-files/read-own-file.ts';
import { diskFailure, replaceFile } from '../own-files/replace-file.ts';
import { WRAPPING_KEY_BYTES, type Keychain } from './keychain.ts';
import {
  inspect,
  sealUnderPassphrase,
  unsealUnderPassphrase,
  type PassphraseFormat,
  type PassphraseRefusal,
} from './sealing/passphrase-seal.ts';

const FORMAT: PassphraseFormat = { magic: 'EndyWKey', version: 1, oldestVersion: 1, maxBytes: 1_024 };

/** A UUID: it becomes part of a file name. */
const HOME_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface FileKeychainOptions {
  /** Where the file stands; usually the home itself. */
  readonly folder: string;
  /** Asked once, when the key is first needed, and again after a wrong one. */
  readonly passphrase: () => Promise<Result<Redacted<string>, Failure>>;
}

/**
 * The wrapping key in a file under a passphrase (Argon2id, AES-256-GCM), for a computer without a keychain. Weaker than
 * a keychain: who has the file can guess at leisure. Therefore never used unless the person chose it.
 */
export function createFileKeychain(options: FileKeychainOptions): Keychain {
  let remembered: Redacted<string> | null = null;

  const ask = async (): Promise<Result<Redacted<string>, Failure>> => {
    const answer: Result<Redacted<string>, Failure> = remembered === null ? await options.passphrase() : ok(remembered);
    if (answer.ok) remembered = answer.value;
    return answer;
  };

  return {
    kind: 'file',

    async read(homeId) {
      const path = pathOf(options.folder, homeId);
      const file = await readOwnFile(path, FORMAT.maxBytes);
      if (!file.ok) return file;
      if (file.value === null) return ok(null);
      const refusal = inspect(FORMAT, file.value);
      if (refusal !== null) return err(refused(refusal, path));
      const passphrase = await ask();
      if (!passphrase.ok) return passphrase;
      const key = await unsealUnderPassphrase(FORMAT, homeId, passphrase.value, file.value);
      if (!key.ok) {
        remembered = null;
        return err(refused(key.error, path));
      }
      return key.value.length === WRAPPING_KEY_BYTES
        ? ok(new Redacted(Uint8Array.from(key.value)))
        : err(refused('malformed', path));
    },

    async write(homeId, key) {
      const path = pathOf(options.folder, homeId);
      const passphrase = await ask();
      if (!passphrase.ok) return passphrase;
      const sealed = await sealUnderPassphrase(FORMAT, homeId, passphrase.value, key.reveal());
      if (!sealed.ok) {
        remembered = null;
        return sealed;
      }
      const folder = await makePrivateFolder(options.folder);
      return folder.ok ? replaceFile(path, sealed.value) : folder;
    },

    async delete(homeId) {
      const path = pathOf(options.folder, homeId);
      try {
        await rm(path, { force: true });
        return ok();
      } catch (error) {
        return err(diskFailure(error, path));
      }
    },
  };
}

/** The files that a file keychain makes, by their names. */
export const isWrappingKeyFile = (name: string): boolean => /^wrapping-key-[0-9a-f-]{36}\.sealed$/.test(name);

/** The name of the file that holds the wrapping key of a home. */
export function wrappingKeyFile(homeId: string): string {
  if (!HOME_ID.test(homeId)) throw new Error('A home id is a UUID.');
  return `wrapping-key-${homeId}.sealed`;
}

const pathOf = (folder: string, homeId: string): string => join(folder, wrappingKeyFile(homeId));

function refused(refusal: PassphraseRefusal, path: string): Failure {
  switch (refusal) {
    case 'newer':
      return failure('home-newer');
    case 'malformed':
      return failure('keychain-failed', `The file that keeps the key is damaged: ${path}`);
    case 'wrong-passphrase':
      return failure('passphrase-wrong', 'The passphrase is wrong.');
  }
}
