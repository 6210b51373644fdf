import type { PackageName } from './packages.ts';

/** The layers of tests, in the order in which they run: what fails fastest comes first. */
export type LayerName =
  | 'house'
  | 'unit'
  | 'chromium'
  | 'bun'
  | 'contract'
  | 'hostile'
  | 'mesh'
  | 'package'
  | 'app'
  | 'cli'
  | 'keychain'
  | 'crash'
  | 'clients';

export interface Layer {
  readonly name: LayerName;
  /** `house`: the checks of `house.ts`; `bun`: `bun-layer.ts`; `app`: `app-layer.ts`; `vitest`: the project of this name in `vitest.config.mjs`. */
  readonly runs: 'house' | 'bun' | 'app' | 'vitest';
  /** `not-yet`: nothing of the product stands behind this layer so far. A test file that is there all the same fails. */
  readonly subject: 'here' | 'not-yet';
  /** The programs that it drives; without them it is not run and counts as failed. */
  readonly needs: readonly PackageName[];
  /** After this many minutes the layer is ended and counts as failed. */
  readonly limitMinutes: number;
}

const layer = (
  name: LayerName,
  limitMinutes: number,
  needs: readonly PackageName[] = [],
  subject: Layer['subject'] = 'here',
): Layer =>
  Object.freeze({
    name,
    runs: name === 'house' || name === 'bun' || name === 'app' ? name : 'vitest',
    subject,
    needs: Object.freeze(needs),
    limitMinutes,
  });

/** Every layer that `npm test` runs. */
export const LAYERS: readonly Layer[] = Object.freeze([
  layer('house', 5),
  layer('unit', 8),
  // The tests of `shared` once more, on the engine of the window and on BoringSSL, which Electron is built on too.
  layer('chromium', 5, ['chromium']),
  layer('bun', 5),
  layer('contract', 12, ['thunderbird', 'libnss3-tools', 'openssl', 'dbus', 'xvfb', 'xauth']),
  layer('hostile', 6),
  // Agents against a real service, and against one that lies.
  layer('mesh', 8),
  layer('package', 4, ['libsecret-1-0']),
  layer('app', 20, ['chromium', 'thunderbird', 'gnome-keyring', 'dbus', 'libsecret-1-0', 'xvfb', 'xauth', 'xdotool']),
  layer('cli', 8, ['thunderbird', 'libnss3-tools', 'gnome-keyring', 'dbus', 'libsecret-1-0']),
  layer('keychain', 6, ['gnome-keyring', 'dbus', 'libsecret-1-0']),
  layer('crash', 15, ['thunderbird', 'libnss3-tools']),
  layer('clients', 20, [
    'thunderbird',
    'libnss3-tools',
    'openssl',
    'gnome-keyring',
    'dbus',
    'libsecret-1-0',
    'xvfb',
    'xauth',
    'xdotool',
    'imagemagick',
  ]),
]);

/** The tests that must pass on every engine: Node, Chromium and bun. */
export const TESTS_OF_EVERY_ENGINE = 'shared/**/*.test.ts';

/** The most time that all layers together may take, in minutes; what has not run by then counts as failed. */
export const TOTAL_LIMIT_MINUTES = 55;
