import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { err, failure, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { Agent } from './agent.ts';
import { backgroundService } from './background/index.ts';
import { createAgent, type AgentParts, type Memory } from './create-agent.ts';
import { readIdentity } from './home/identity.ts';
import { openHome, type Home } from './home/index.ts';
import { layoutOf } from './home/layout.ts';
import { EMPTY_STATE } from './home/state.ts';
import {
  createFileKeychain,
  createOsKeychain,
  type Keychain,
  type KeychainKind,
  type KeytarRunner,
} from './keychain/index.ts';
import {
  createThunderbirdAdapter,
  doubtedJournal,
  glanceAtThunderbird,
  type StoreRoute,
} from './mail-clients/thunderbird/index.ts';
import { createEmbedded, createServiceClient, findService, watchService, type Hosting } from './mesh/index.ts';
import type { System } from './system.ts';

/** How often it is looked whether the other device has answered, in milliseconds. */
const LOOK_AGAIN_MS = 500;

export interface KeychainChoice {
  /** `file` only when the person chose it: the wrapping key sealed under a passphrase (Argon2id). */
  readonly keychain: KeychainKind;
  /** Asked for only when a passphrase is needed. */
  readonly passphrase: () => Promise<Result<Redacted<string>, Failure>>;
  /** What is started to reach the keychain of the system, where this program is not Node itself. See `serveKeytar`. */
  readonly keytar?: KeytarRunner;
}

export interface AgentOptions extends KeychainChoice {
  /** Endymail's own folder. */
  readonly home: string;
  readonly system: System;
  /** Who opens it, to be named to the one who has to wait: "endymail enable". */
  readonly command: string;
  /** How long to wait for another agent on the same home, in milliseconds. */
  readonly waitForLockMs?: number;
  /** How certificates get into Thunderbird; chosen by what is installed unless given. */
  readonly route?: StoreRoute;
}

/**
 * Opens the agent on a home folder and owns it until `close`. A folder that is not there yet is made at the first
 * change, so that looking around needs neither a keychain nor a trace on the disk.
 * Errors: `home-busy`, `home-newer`, `home-damaged`, `home-unwritable`, and everything of the keychain.
 */
export async function openAgent(options: AgentOptions): Promise<Result<Agent, Failure>> {
  const memory = hasHome(options.home) ? await openedMemory(options) : ok(lazyMemory(options));
  if (!memory.ok) return memory;
  const adapter = createThunderbirdAdapter({
    system: options.system,
    clientsFolder: layoutOf(options.home).clients,
    ...(options.route ? { route: options.route } : {}),
  });
  const { now } = options.system;
  const hosting = createEmbedded(layoutOf(options.home).service);
  const network = networkOf(options.system, hosting);
  return ok(
    createAgent({ memory: withBackground(withHosting(memory.value, hosting), options), adapter, now, network }),
  );
}

/** The home is let go of, and taken away, when the service has let go of it. */
const withHosting = (memory: Memory, hosting: Hosting): Memory => ({
  ...memory,
  destroy: async () => {
    await hosting.stop();
    return memory.destroy();
  },
  close: () => {
    if (hosting.isIdle()) memory.close();
    else void hosting.stop().finally(memory.close);
  },
});

/** Nothing is left that would have the home served once it is taken away. What serves it now has to answer for that still. */
const withBackground = (memory: Memory, { system, home }: AgentOptions): Memory => ({
  ...memory,
  destroy: async () => {
    const gone = await backgroundService(system, home).takeAway({ stops: false });
    return gone.ok ? memory.destroy() : gone;
  },
});

/** The way to mesh services. */
function networkOf({ platform, now }: System, hosting: Hosting): AgentParts['network'] {
  return {
    find: (name, pin) => findService(name, pin),
    hosting,
    connect: (service, key) => createServiceClient({ service, key, now, ready: () => hosting.runFor(service) }),
    watch: (options) => watchService({ ...options, now }),
    here: { name: hostname(), platform },
    pause: () => setTimeout(LOOK_AGAIN_MS),
  };
}

/** The keychain that was chosen when the home in this folder was made; null where there is no home that can be read. */
export async function rememberedKeychain(folder: string): Promise<KeychainKind | null> {
  const identity = await readIdentity(layoutOf(folder).identity);
  return identity.ok ? (identity.value?.keychain ?? null) : null;
}

function hasHome(folder: string): boolean {
  return existsSync(layoutOf(folder).identity);
}

/** What a client's journal says when it comes back from a backup. There is one client, and so one form of it. */
export const oldJournal = doubtedJournal;

/** What can be seen of profiles at small cost; of the one client that there is. */
export const glanceAtProfiles = glanceAtThunderbird;

/** The keychain that the person chose for this home. */
export function chosenKeychain(home: string, { keychain, passphrase, keytar }: KeychainChoice): Keychain {
  return keychain === 'os'
    ? createOsKeychain(keytar === undefined ? {} : { runner: keytar })
    : createFileKeychain({ folder: home, passphrase });
}

function open(options: AgentOptions): Promise<Result<Home, Failure>> {
  return openHome({
    folder: options.home,
    keychain: chosenKeychain(options.home, options),
    command: options.command,
    now: options.system.now,
    ...(options.waitForLockMs === undefined ? {} : { waitForLockMs: options.waitForLockMs }),
  });
}

async function openedMemory(options: AgentOptions): Promise<Result<Memory, Failure>> {
  const home = await open(options);
  return home.ok ? ok(memoryOf(home.value)) : home;
}

function memoryOf(home: Home): Memory {
  return {
    state: () => home.state,
    update: (next) => home.update(() => next),
    mesh: home.mesh,
    backup: (passphrase) => home.backup(passphrase),
    destroy: () => home.destroy(),
    close: () => {
      home.close();
    },
  };
}

/** An agent without a home: nothing is remembered yet, and the home is made with the first thing to remember. */
function lazyMemory(options: AgentOptions): Memory {
  let memory: Memory | null = null;
  const nothing = (): Result<never, Failure> =>
    err(failure('mailbox-not-enabled', 'There is nothing here yet: no mailbox was enabled.'));
  return {
    state: () => memory?.state() ?? EMPTY_STATE,
    async update(next) {
      if (!memory) {
        const home = await open(options);
        if (!home.ok) return home;
        // Somebody else made the home since: what was worked out from an empty one must not replace theirs.
        if (!isDeepStrictEqual(home.value.state, EMPTY_STATE)) {
          home.value.close();
          return err(failure('home-busy', 'Another Endymail has just set up this data.'));
        }
        memory = memoryOf(home.value);
      }
      return memory.update(next);
    },
    mesh: {
      links: async (account) => (memory ? memory.mesh.links(account) : ok([])),
      saveLinks: async (account, links) => (memory ? memory.mesh.saveLinks(account, links) : nothing()),
      reading: async (profile, sequence) => (memory ? memory.mesh.reading(profile, sequence) : ok(null)),
      saveReading: async (reading) => (memory ? memory.mesh.saveReading(reading) : nothing()),
    },
    backup: async (passphrase) => (memory ? memory.backup(passphrase) : nothing()),
    destroy: async () => (memory ? memory.destroy() : ok()),
    close: () => memory?.close(),
  };
}
