import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redacted, ok } from '@endymail/shared/result';
import type { Keychain } from '@endymail/main/agent/keychain';

/** A keychain that several processes of a test share. Protects nothing: the keys lie open in a folder. */
export function createSharedKeychain(folder: string): Keychain {
  mkdirSync(folder, { recursive: true });
  return {
    kind: 'os',
    read(homeId) {
      const path = join(folder, homeId);
      return Promise.resolve(ok(existsSync(path) ? new Redacted(Uint8Array.from(readFileSync(path))) : null));
    },
    write(homeId, key) {
      writeFileSync(join(folder, homeId), key.reveal());
      return Promise.resolve(ok());
    },
    delete(homeId) {
      rmSync(join(folder, homeId), { force: true });
      return Promise.resolve(ok());
    },
  };
}
