import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { decodeWrappingKey, encodeWrappingKey, type Keychain } from './keychain.ts';

/** Under what name the entries stand in the keychain; the account is the home's id. */
const SERVICE = 'Endymail';

/** A locked keychain asks the person in a window of its own and keeps the call waiting; nobody may be there to answer. */
const CALL_TIMEOUT_MS = 10_000;

/** The part of keytar that is used here. */
interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface OsKeychainOptions {
  /** How long one call may take, in milliseconds. */
  readonly callTimeoutMs?: number;
}

/**
 * The keychain of the operating system through keytar: Secret Service, macOS Keychain, Windows Credential Manager.
 * Nothing is loaded before the first call, because loading fails where libsecret is not installed.
 *
 * A call that ran into the time-out can not be cancelled: it goes on to hold a thread, and the process, until the
 * keychain answers. So there is never more than one (four would leave Node without threads for files), and a program
 * that is done must end itself instead of waiting for its event loop to empty.
 */
export function createOsKeychain(options: OsKeychainOptions = {}): Keychain {
  const call = createCalls(options.callTimeoutMs ?? CALL_TIMEOUT_MS);
  return {
    kind: 'os',

    async read(homeId) {
      const stored = await call((keytar) => keytar.getPassword(SERVICE, homeId));
      if (!stored.ok) return stored;
      if (stored.value === null) {
        const open = await call((keytar) => proveOpen(keytar, homeId));
        return open.ok ? ok(null) : open;
      }
      const key = decodeWrappingKey(stored.value);
      return key === null
        ? err(failure('keychain-failed', 'What the keychain holds for Endymail is not a key of Endymail.'))
        : ok(key);
    },

    async write(homeId, key) {
      const encoded = encodeWrappingKey(key);
      return call((keytar) => keytar.setPassword(SERVICE, homeId, encoded));
    },

    async delete(homeId) {
      const deleted = await call((keytar) => keytar.deletePassword(SERVICE, homeId));
      return deleted.ok ? ok() : deleted;
    },
  };
}

/**
 * libsecret answers "nothing found" also for an item that is locked and whose prompt was dismissed
 * (secret_service_lookup returns NULL without an error). Only a keychain that takes a new entry is known to be open, and
 * only then "nothing found" may be taken to mean that the key is gone.
 */
async function proveOpen(keytar: Keytar, homeId: string): Promise<void> {
  const account = `${homeId}-probe`;
  await keytar.setPassword(SERVICE, account, 'probe');
  await keytar.deletePassword(SERVICE, account);
}

type Call = <T>(operation: (keytar: Keytar) => Promise<T>) => Promise<Result<T, Failure>>;

/** One call at a time, each within the time-out (the waiting for the one before it included). */
function createCalls(timeoutMs: number): Call {
  let last: Promise<unknown> = Promise.resolve();

  return async <T>(operation: (keytar: Keytar) => Promise<T>) => {
    let abandoned = false;
    const begin = async (): Promise<Result<T, Failure>> => {
      // Nobody waits for it any more: a key written now would come as a surprise.
      if (abandoned) return err(failure('keychain-locked'));
      const keytar = await loadKeytar();
      if (!keytar.ok) return keytar;
      try {
        return ok(await operation(keytar.value));
      } catch (error) {
        return err(failureOf(error));
      }
    };
    const answer = last.then(begin);
    last = answer;

    const timedOut = Promise.withResolvers<Result<never, Failure>>();
    const timer = setTimeout(() => {
      abandoned = true;
      timedOut.resolve(err(failure('keychain-locked', undefined, `No answer within ${timeoutMs / 1000} s.`)));
    }, timeoutMs);
    try {
      return await Promise.race([answer, timedOut.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

async function loadKeytar(): Promise<Result<Keytar, Failure>> {
  try {
    return ok((await import('keytar')).default);
  } catch (error) {
    return err(failure('keychain-missing', undefined, textOf(error)));
  }
}

/** keytar passes on the texts of libsecret, GLib, Security.framework and Windows, without any code. */
const TEXTS: readonly (readonly [RegExp, 'keychain-missing' | 'keychain-locked'])[] = [
  [/autolaunch D-Bus|Could not connect|not provided by any \.service files|ServiceUnknown/i, 'keychain-missing'],
  // A Secret Service without any keyring, and nobody to ask the person for the password of a new one.
  [/Object does not exist at path|no such secret collection/i, 'keychain-missing'],
  [
    /locked|dismissed|cancell?ed|interaction is not allowed|Timeout was reached|passphrase you entered/i,
    'keychain-locked',
  ],
];

function failureOf(error: unknown): Failure {
  const text = textOf(error);
  const known = TEXTS.find(([pattern]) => pattern.test(text));
  return failure(known === undefined ? 'keychain-failed' : known[1], undefined, text);
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
