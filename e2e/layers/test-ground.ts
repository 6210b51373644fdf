import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chmod, mkdir } from 'node:fs/promises';
import { plantCanary } from './canary.ts';
import { CHECKOUT } from './checkout.ts';

/** The temporary place in which a run of the tests lives, so that it meets nothing of the person who starts it. */
export interface TestGround {
  /** Its folder. Every process of the run has it in its environment, by which it is known. */
  readonly folder: string;
  readonly home: string;
  /** Where tests make their temporary folders. */
  readonly temporary: string;
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** What ties a process to the session of the person: their display, their bus (and with it their keychain), their folders. */
const OF_THE_PERSON = [
  'DBUS_SESSION_BUS_ADDRESS',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'GNOME_KEYRING_CONTROL',
  'SSH_AUTH_SOCK',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'NODE_OPTIONS',
  'VITEST',
];

/** Makes the place, with a canary in its home. Short names: the path of a Unix socket may have 107 bytes. */
export async function createTestGround(): Promise<TestGround> {
  const folder = mkdtempSync(join(tmpdir(), 'endymail-run-'));
  const home = join(folder, 'home');
  const temporary = join(folder, 't');
  const runtime = join(folder, 'run');
  for (const made of [home, temporary, runtime]) await mkdir(made, { mode: 0o700 });
  // As in /tmp itself, another user may pass through: root tests files that can not be written to as such a one.
  for (const passed of [folder, temporary]) await chmod(passed, 0o711);
  await plantCanary(home);
  return {
    folder,
    home,
    temporary,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THE_PERSON.includes(name))),
      HOME: home,
      TMPDIR: temporary,
      XDG_RUNTIME_DIR: runtime,
      ENDYMAIL_TEST_RUN: folder,
      LC_ALL: 'C.UTF-8',
      NO_COLOR: '1',
      // Tools keep compiled code in the temporary folder otherwise, where only what tests forgot should be.
      NODE_DISABLE_COMPILE_CACHE: '1',
      // The Node of the checkout, not the machine's, for whatever a test starts.
      PATH: [join(CHECKOUT, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter),
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
