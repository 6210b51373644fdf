import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A browser of the Chromium family on this computer. */
export interface ChromiumProgram {
  readonly name: string;
  readonly path: string;
}

/** The surroundings in which a browser is looked for. */
export interface ChromiumPlaces {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

/** The names that the packages of Linux give their programs. */
const ON_PATH = Object.freeze([
  ['Chromium', 'chromium'],
  ['Chromium', 'chromium-browser'],
  ['Chrome', 'google-chrome'],
  ['Chrome', 'google-chrome-stable'],
  ['Edge', 'microsoft-edge'],
  ['Edge', 'microsoft-edge-stable'],
  ['Brave', 'brave-browser'],
] as const);

const ON_A_MAC = Object.freeze(['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'] as const);

const ON_WINDOWS = Object.freeze([
  ['Chrome', 'Google\\Chrome\\Application\\chrome.exe'],
  ['Edge', 'Microsoft\\Edge\\Application\\msedge.exe'],
  ['Brave', 'BraveSoftware\\Brave-Browser\\Application\\brave.exe'],
  ['Chromium', 'Chromium\\Application\\chrome.exe'],
] as const);

/** Finds the browser that the host drives; null where there is none. */
export function findChromium(
  places: ChromiumPlaces = { platform: process.platform, env: process.env, exists: existsSync },
): ChromiumProgram | null {
  return candidates(places).find(({ path }) => places.exists(path)) ?? null;
}

function candidates({ platform, env }: ChromiumPlaces): readonly ChromiumProgram[] {
  if (platform === 'win32') {
    const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
    return ON_WINDOWS.flatMap(([name, path]) =>
      roots.flatMap((root) => (root === undefined ? [] : [{ name, path: `${root}\\${path}` }])),
    );
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', ...(env['HOME'] === undefined ? [] : [join(env['HOME'], 'Applications')])];
    return ON_A_MAC.flatMap((name) =>
      roots.map((root) => ({ name, path: join(root, `${name}.app`, 'Contents', 'MacOS', name) })),
    );
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return ON_PATH.flatMap(([name, program]) => folders.map((folder) => ({ name, path: join(folder, program) })));
}
