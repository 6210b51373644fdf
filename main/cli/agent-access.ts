import { err, ok, type Failure, type Redacted, type Result } from '@endymail/shared/result';
import type { Agent, AgentOptions, ConnectedAgent, System } from '../agent/index.ts';
import type * as AgentModule from '../agent/index.ts';
import { createStandby } from './standby.ts';
import type { Surroundings } from './surroundings.ts';

type AgentAccess = Pick<
  Surroundings,
  'defaultHome' | 'openAgent' | 'restoreBackup' | 'startOver' | 'rememberedKeychain' | 'serve' | 'background'
>;

/**
 * The way to the agent: where one serves the home already (a window is open), this command is its client; else the agent
 * runs in this process. `load`: the agent is loaded when it is asked for, so that help and mistyped commands answer at once.
 * `onInterrupt`: what ends a command that goes on until it is ended.
 */
export function createAgentAccess(
  load: () => Promise<typeof AgentModule>,
  system: System,
  onInterrupt: (stop: () => void) => void,
): AgentAccess {
  /** Null: nobody serves this home, or not to us. */
  async function serving(home: string, command: string): Promise<ConnectedAgent | null> {
    const { connectAgent } = await load();
    const connected = await connectAgent({ home, command });
    return connected.ok ? connected.value : null;
  }

  return {
    defaultHome: async () => (await load()).defaultHomeFolder(system),

    rememberedKeychain: async (home) => (await load()).rememberedKeychain(home),

    async openAgent(options) {
      const agent = await load();
      const connected = await serving(options.home, options.command);
      if (connected === null) return agent.openAgent({ ...options, system });
      const opened = await openServed(connected, options, agent);
      if (!opened.ok) connected.close();
      return opened;
    },

    async restoreBackup(options) {
      const { restoreBackup } = await load();
      const connected = await serving(options.home, 'endymail restore');
      if (connected === null) return restoreBackup({ ...options, system });
      try {
        const { keychain, passphrase, file, backupPassphrase, setAside } = options;
        const given = keychain === 'file' ? await passphrase() : ok(null);
        return given.ok
          ? await connected.restore({ file, backupPassphrase, setAside, keychainPassphrase: given.value })
          : given;
      } finally {
        connected.close();
      }
    },

    async serve({ home, keychain, passphrase, standsBy, onServing, onStandingBy, onGap }) {
      const { connectAgent, serveAgent } = await load();
      const command = 'endymail serve';
      const serveHere = () => serveAgent({ home, system, command, endsWithHome: true, onGap });
      const other = standsBy ? createStandby(() => connectAgent({ home, command }), onStandingBy) : null;
      if (other !== null) onInterrupt(other.stop);
      const serving = await (other === null ? serveHere() : other.whenFree(serveHere));
      if (serving === null) return ok();
      if (!serving.ok) return serving;
      const stop = (): void => void serving.value.stop();
      onInterrupt(stop);
      if (keychain === 'file') {
        const opened = await openWithPassphrase(await connectAgent({ home, command }), passphrase);
        if (!opened.ok) {
          await serving.value.stop();
          return opened;
        }
      }
      onServing();
      await serving.value.closed;
      return ok();
    },

    background: async (home) => (await load()).backgroundService(system, home),

    async startOver({ home }) {
      const { startOver } = await load();
      const connected = await serving(home, 'endymail restore --start-over');
      if (connected === null) return startOver({ home, system });
      try {
        return await connected.startOver();
      } finally {
        connected.close();
      }
    },
  };
}

/** A home whose key is under a passphrase is opened by the one who knows it. */
async function openWithPassphrase(
  connected: Result<ConnectedAgent, Failure>,
  passphrase: () => Promise<Result<Redacted<string>, Failure>>,
): Promise<Result<void, Failure>> {
  if (!connected.ok) return connected;
  try {
    const given = await passphrase();
    if (!given.ok) return given;
    const status = await connected.value.open(given.value);
    if (!status.ok) return status;
    return status.value.kind === 'closed' ? err(status.value.failure) : ok();
  } finally {
    connected.value.close();
  }
}

type Homes = Pick<typeof AgentModule, 'rememberedKeychain' | 'otherKeychain'>;

/** The serving agent with its home open, as an agent of our own would be. */
async function openServed(
  agent: ConnectedAgent,
  options: Omit<AgentOptions, 'system'>,
  { rememberedKeychain, otherKeychain }: Homes,
): Promise<Result<Agent, Failure>> {
  const { home, keychain, passphrase } = options;
  const remembered = await rememberedKeychain(home);
  if (remembered !== null && remembered !== keychain) return err(otherKeychain(remembered));
  const status = await openedStatus(agent);
  if (!status.ok) return status;
  if (status.value.kind === 'closed') {
    const given = keychain === 'file' ? await passphrase() : ok(null);
    if (!given.ok) return given;
    const opened = await agent.open(given.value);
    if (!opened.ok) return opened;
    if (opened.value.kind === 'closed') return err(opened.value.failure);
  }
  return ok(keychain === 'file' && remembered === null ? withFileKeychain(agent, options, rememberedKeychain) : agent);
}

/** How the home is, once the serving agent has tried to open it. */
async function openedStatus(agent: ConnectedAgent): ReturnType<ConnectedAgent['status']> {
  const status = await agent.status();
  if (!status.ok || status.value.kind !== 'opening') return status;
  // Calls are answered one after another: this one after the opening.
  await agent.settings();
  return agent.status();
}

/** Where there is no data yet, the passphrase is asked for when something is to be remembered, and not before. */
function withFileKeychain(
  agent: ConnectedAgent,
  { home, passphrase }: Pick<AgentOptions, 'home' | 'passphrase'>,
  rememberedKeychain: Homes['rememberedKeychain'],
): Agent {
  async function remembering<T>(work: () => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
    if ((await rememberedKeychain(home)) === null) {
      const given = await passphrase();
      if (!given.ok) return given;
      const opened = await agent.open(given.value);
      if (!opened.ok) return opened;
    }
    return work();
  }
  return {
    ...agent,
    enable: (...args) => remembering(() => agent.enable(...args)),
    addPerson: (...args) => remembering(() => agent.addPerson(...args)),
    changeSettings: (...args) => remembering(() => agent.changeSettings(...args)),
    addFolder: (...args) => remembering(() => agent.addFolder(...args)),
  };
}
