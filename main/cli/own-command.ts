import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandLine } from '../agent/index.ts';

export interface OwnProcess {
  readonly execPath: string;
  /** Program, script or switches, and what the person wrote. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isElectron: boolean;
}

/** By which the app is the command line (`endymail --cli …`). */
const CLI_SWITCH = '--cli';

/**
 * How this program is started as the command line, wherever that is done from: the installed app by itself, which an
 * AppImage says where it lies; else the engine with the script that it runs.
 */
export function ownCommand({ execPath, argv, env, isElectron }: OwnProcess): CommandLine {
  if (!isElectron) return [execPath, realPathOf(argv[1] ?? '')];
  const before = argv.slice(1, argv.indexOf(CLI_SWITCH)).map((word) => (word.startsWith('-') ? word : resolve(word)));
  return [env['APPIMAGE'] ?? execPath, ...before, CLI_SWITCH];
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
