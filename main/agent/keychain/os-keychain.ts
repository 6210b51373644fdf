import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { askKeytar, type KeytarAnswer, type KeytarRunner } from './keytar-process.ts';
import type { KeytarRequest } from './keytar-service.ts';
import { decodeWrappingKey, encodeWrappingKey, type Keychain } from './keychain.ts';

/** Under what name the entries stand in the keychain; the account is the home's id. */
const SERVICE = 'Endymail';

/** A locked keychain asks the person in a window of its own and keeps the call waiting; nobody may be there to answer. */
const CALL_TIMEOUT_MS = 10_000;

export interface OsKeychainOptions {
  /** How long one call may take, in milliseconds. */
  readonly callTimeoutMs?: number;
  /** The environment that names the person's session; of this process unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What is started for each call; this Node unless given. */
  readonly runner?: KeytarRunner;
}

/**
 * The keychain of the operating system: Secret Service, macOS Keychain, Windows Credential Manager. Only the wrapping
 * key is kept there, as 44 characters of base64: Windows takes no more than 2,560 bytes, and keytar no binary.
 */
export function createOsKeychain({
  callTimeoutMs: timeoutMs = CALL_TIMEOUT_MS,
  ...how
}: OsKeychainOptions = {}): Keychain {
  const options = { timeoutMs, ...how };
  const call = async (request: Omit<KeytarRequest, 'service'>): Promise<Result<string | null, Failure>> =>
    resultOf(await askKeytar({ service: SERVICE, ...request }, options), timeoutMs);

  return {
    kind: 'os',

    async read(homeId) {
      const stored = await call({ operation: 'read', account: homeId });
      if (!stored.ok) return stored;
      if (stored.value === null) return ok(null);
      const key = decodeWrappingKey(stored.value);
      return key === null
        ? err(failure('keychain-failed', 'What the keychain holds for Endymail is not a key of Endymail.'))
        : ok(key);
    },

    async write(homeId, key) {
      const written = await call({ operation: 'write', account: homeId, secret: encodeWrappingKey(key) });
      return written.ok ? ok() : written;
    },

    async delete(homeId) {
      const deleted = await call({ operation: 'delete', account: homeId });
      return deleted.ok ? ok() : deleted;
    },
  };
}

/** keytar passes on the texts of libsecret, GLib, Security.framework and Windows, without any code. */
const TEXTS: readonly (readonly [RegExp, 'keychain-missing' | 'keychain-locked'])[] = [
  [/Failed to load keytar|autolaunch D-Bus|Could not connect/i, 'keychain-missing'],
  [/not provided by any \.service files|ServiceUnknown/i, 'keychain-missing'],
  // A Secret Service without any keyring, and nobody to ask the person for the password of a new one.
  [/Object does not exist at path|no such secret collection/i, 'keychain-missing'],
  [/locked|dismissed|cancell?ed|interaction is not allowed|Timeout was reached/i, 'keychain-locked'],
  // macOS, errSecAuthFailed: the password for the keychain was not given.
  [/passphrase you entered is not correct/i, 'keychain-locked'],
];

function resultOf(answer: KeytarAnswer, timeoutMs: number): Result<string | null, Failure> {
  switch (answer.kind) {
    case 'value':
      return ok(answer.value);
    case 'no-answer':
      return err(failure('keychain-locked', undefined, `No answer within ${timeoutMs} ms.`));
    case 'error': {
      const known = TEXTS.find(([pattern]) => pattern.test(answer.text));
      return err(failure(known === undefined ? 'keychain-failed' : known[1], undefined, answer.text));
    }
  }
}
