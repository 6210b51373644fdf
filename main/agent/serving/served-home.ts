import { isDeepStrictEqual } from 'node:util';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { HomeStatus } from '@endymail/shared/ipc';
import type { Agent } from '../agent.ts';
import { LOCK_WAIT_MS } from '../home/lock.ts';
import type { KeytarRunner } from '../keychain/index.ts';
import { openAgent, rememberedKeychain, type AgentOptions } from '../open-agent.ts';
import { restoreBackup, startOver, type Restored } from '../restore-backup.ts';

export interface ServedHomeOptions extends Pick<AgentOptions, 'home' | 'system' | 'command' | 'route'> {
  readonly keytar?: KeytarRunner;
  readonly onStatus: (status: HomeStatus) => void;
}

export interface RestoreWish {
  readonly file: Uint8Array;
  readonly backupPassphrase: Redacted<string>;
  readonly setAside: boolean;
  /** Null: the keychain of the operating system. */
  readonly keychainPassphrase: Redacted<string> | null;
}

/**
 * The home of a serving agent: open, or closed with the reason. Everything but `status` is called one after another, by
 * whoever has the turn.
 */
export interface ServedHome {
  status(): HomeStatus;
  /** The agent where the home is open; else why it is not. */
  agent(): Result<Agent, Failure>;
  /**
   * Opens it where it is not open. A passphrase chooses the file keychain: where it is used already, or for new data.
   * `waitForLockMs`: how long to wait for a command that has the home now.
   */
  open(passphrase: Redacted<string> | null, waitForLockMs: number): Promise<HomeStatus>;
  /** Opens it as far as the keychain of the system need not be asked, which might ask the person. */
  openUnasked(): Promise<HomeStatus>;
  /** What `open` answers with may be different next time although nobody does anything here. */
  isWorthAnotherTry(): boolean;
  restore(wish: RestoreWish): Promise<Result<Restored, Failure>>;
  startOver(): Promise<Result<{ readonly setAsideAs: string }, Failure>>;
  /** What a call answered with: after `remove` there is nothing here, and with new data there is something again. */
  noteRemoved(): Promise<void>;
  noteData(): Promise<void>;
  close(): void;
}

/** What passes by itself, and is found out without asking the keychain, which may ask the person. */
const PASSING: ReadonlySet<string> = new Set(['home-busy', 'home-unwritable', 'disk-full', 'write-failed']);

export function createServedHome(options: ServedHomeOptions): ServedHome {
  const { home, system, command, keytar, route, onStatus } = options;
  let agent: Agent | null = null;
  let status: HomeStatus = { kind: 'opening' };
  let chosen: Redacted<string> | null = null;

  function become(next: HomeStatus): HomeStatus {
    if (!isDeepStrictEqual(next, status)) {
      status = next;
      onStatus(next);
    }
    return status;
  }

  function letGo(): void {
    agent?.close();
    agent = null;
  }

  const keychainOf = (passphrase: Redacted<string> | null) => ({
    keychain: passphrase === null ? ('os' as const) : ('file' as const),
    passphrase: () => Promise.resolve(passphrase === null ? err(failure('passphrase-needed')) : ok(passphrase)),
    ...(keytar === undefined ? {} : { keytar }),
  });

  async function openAnew(passphrase: Redacted<string> | null, waitForLockMs = 0): Promise<HomeStatus> {
    letGo();
    const remembered = await rememberedKeychain(home);
    const opened = await openAgent({
      home,
      system,
      command,
      ...keychainOf(passphrase),
      // Without a passphrase the data itself says where its key is, and that a passphrase is needed.
      ...(passphrase === null && remembered !== null ? { keychain: remembered } : {}),
      waitForLockMs,
      ...(route === undefined ? {} : { route }),
    });
    if (!opened.ok) return become({ kind: 'closed', failure: opened.error, keychain: remembered });
    agent = opened.value;
    return become({ kind: 'open' });
  }

  /** Lets go of the home for the time of `work`, which takes it by itself, and takes it again. */
  async function meanwhile<T>(passphrase: Redacted<string> | null, work: () => Promise<Result<T, Failure>>) {
    letGo();
    const done = await work();
    if (done.ok) chosen = passphrase;
    await openAnew(chosen, LOCK_WAIT_MS);
    return done;
  }

  return {
    status: () => status,

    agent() {
      if (agent !== null) return ok(agent);
      return err(status.kind === 'closed' ? status.failure : failure('home-busy'));
    },

    async open(passphrase, waitForLockMs) {
      const isForNewData = passphrase !== null && (await rememberedKeychain(home)) === null;
      if (agent !== null && !isForNewData) return status;
      const next = await openAnew(passphrase ?? chosen, waitForLockMs);
      if (next.kind === 'open' && passphrase !== null) chosen = passphrase;
      return next;
    },

    async openUnasked() {
      const remembered = await rememberedKeychain(home);
      if (remembered !== 'os') return openAnew(null);
      const notAsked = failure('keychain-locked', 'Endymail has not asked your keychain for its key yet.');
      return become({ kind: 'closed', failure: notAsked, keychain: remembered });
    },

    isWorthAnotherTry: () => status.kind === 'closed' && PASSING.has(status.failure.code),

    restore: ({ file, backupPassphrase, setAside, keychainPassphrase }) =>
      meanwhile(keychainPassphrase, () =>
        restoreBackup({ home, system, ...keychainOf(keychainPassphrase), file, backupPassphrase, setAside }),
      ),

    startOver: () => meanwhile(null, () => startOver({ home, system })),

    async noteRemoved() {
      chosen = null;
      // An agent on nothing: what is enabled from here makes new data.
      await openAnew(null);
      become({ kind: 'removed' });
    },

    async noteData() {
      if (status.kind === 'removed' && (await rememberedKeychain(home)) !== null) become({ kind: 'open' });
    },

    close: letGo,
  };
}
