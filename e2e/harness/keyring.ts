import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseEnv, endProgram, runProgram } from './child.ts';
import { until } from './until.ts';

/** A session bus of its own for one home: nothing on it but what the test puts there. */
export interface SessionBus extends AsyncDisposable {
  /** For the programs that shall be on this bus: where it is, and the home they run in. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** A session bus with a real gnome-keyring on it, unlocked. */
export interface Keyring extends SessionBus {
  /** Locks the collection that new entries go to, as the end of a person's session does. */
  readonly lock: () => Promise<void>;
  /** The labels of everything that any program keeps in it. */
  readonly labels: () => Promise<readonly string[]>;
}

export interface KeyringOptions {
  /** The home folder of the person; the keyring's files go to `.local/share/keyrings` in it. */
  readonly home: string;
  /**
   * What happens when a password must be asked for. `none`: nothing on the bus can ask, the question counts as dismissed.
   * `silent`: something takes the question and never answers, as a person does who is not there.
   * `display`: GNOME's own window asks on this display.
   */
  readonly prompter?: 'none' | 'silent' | { readonly display: string } | undefined;
}

const SECRETS = { name: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' };
/** Of Debian's package gcr. */
const PROMPTER = '/usr/libexec/gcr-prompter';
/** Starts a program that is killed when the one that started it is gone, however that ended (util-linux). */
const DIES_WITH_PARENT = ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] as const;
const LOGIN_COLLECTION = `${SECRETS.path}/collection/login`;

/** What unlocks the keyring of every home. */
export const LOGIN_PASSWORD = 'the login password of this home';

/** Starts a session bus. Several run side by side: each has its own socket in a folder of its own. */
export async function startSessionBus(options: KeyringOptions): Promise<SessionBus> {
  // Not in the home: the path of a socket has at most 107 characters.
  const runtime = mkdtempSync(join(tmpdir(), 'endymail-bus-'));
  const config = writeBusConfig(runtime, options.prompter ?? 'none');
  const env = { ...baseEnv(), HOME: options.home, XDG_RUNTIME_DIR: runtime };
  const [starter, ...args] = [...DIES_WITH_PARENT, 'dbus-daemon', `--config-file=${config}`, '--nofork'];
  // Who is on the bus ends with it (GDBus, exit-on-close), the keyring as well.
  const daemon = spawn(starter, [...args, '--print-address=3'], {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    await endProgram(daemon);
    rmSync(runtime, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  const channel = daemon.stdio[3];
  if (!channel || !('readable' in channel)) throw new Error('dbus-daemon has no channel for its address.');
  const [answer] = (await once(channel, 'data', { signal: AbortSignal.timeout(10_000) })) as [Buffer];
  return {
    env: Object.freeze({ ...env, DBUS_SESSION_BUS_ADDRESS: answer.toString().trim() }),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Starts a session bus and an unlocked keyring on it. A keyring that the home has already is opened again. */
export async function startKeyring(options: KeyringOptions): Promise<Keyring> {
  const bus = await startSessionBus(options);
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: bus.env,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  daemon.stdin.end(LOGIN_PASSWORD);
  const stop = async (): Promise<void> => {
    await endProgram(daemon);
    await bus.stop();
  };
  const isLocked = (wanted: boolean) => async (): Promise<boolean> =>
    (await callSecrets(bus.env, LOGIN_COLLECTION, 'org.freedesktop.DBus.Properties.Get', [
      'string:org.freedesktop.Secret.Collection',
      'string:Locked',
    ])) === `variant boolean ${wanted ? 'true' : 'false'}`;
  try {
    await until('an unlocked keyring', isLocked(false));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env: bus.env,
    stop,
    [Symbol.asyncDispose]: stop,
    async lock() {
      await callSecrets(bus.env, SECRETS.path, 'org.freedesktop.Secret.Service.Lock', [
        `array:objpath:${LOGIN_COLLECTION}`,
      ]);
      await until('the keyring to be locked', isLocked(true));
    },
    async labels() {
      const items = await callSecrets(bus.env, LOGIN_COLLECTION, 'org.freedesktop.DBus.Properties.Get', [
        'string:org.freedesktop.Secret.Collection',
        'string:Items',
      ]);
      const paths = items.match(/\/org\/freedesktop\/secrets\/collection\/login\/\w+/g) ?? [];
      return Promise.all(paths.map((path) => labelOf(bus.env, path)));
    },
  };
}

async function labelOf(env: Readonly<Record<string, string>>, item: string): Promise<string> {
  const args = ['string:org.freedesktop.Secret.Item', 'string:Label'];
  const answer = await callSecrets(env, item, 'org.freedesktop.DBus.Properties.Get', args);
  return answer.replace(/^variant /, '');
}

/** One call of the Secret Service; the answer in the notation of dbus-send, empty where it failed. */
async function callSecrets(
  env: Readonly<Record<string, string>>,
  path: string,
  method: string,
  args: readonly string[],
): Promise<string> {
  const call = ['--session', '--print-reply=literal', `--dest=${SECRETS.name}`, path, method, ...args];
  const run = await runProgram('dbus-send', call, { env });
  return run.stdout.toString().trim().replaceAll(/\s+/g, ' ');
}

/** A bus that knows no services of the machine: they would be started in the test's home, and asked instead of ours. */
function writeBusConfig(runtime: string, prompter: NonNullable<KeyringOptions['prompter']>): string {
  const services = join(runtime, 'services');
  mkdirSync(services);
  if (prompter !== 'none') {
    const program =
      prompter === 'silent'
        ? `${DIES_WITH_PARENT.join(' ')} /bin/sleep 3600`
        : `/usr/bin/env DISPLAY=${prompter.display} ${PROMPTER}`;
    const service = `[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=${program}\n`;
    writeFileSync(join(services, 'org.gnome.keyring.SystemPrompter.service'), service);
  }
  const config = join(runtime, 'bus.conf');
  writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${join(runtime, 'bus')}</listen>
  <servicedir>${services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  );
  return config;
}
