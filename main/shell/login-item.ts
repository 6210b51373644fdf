import { mkdir, readFile, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, isAbsolute, join } from 'node:path';
import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import { replaceDurably } from '../files/durable-write.ts';
import { messageOf } from '../files/system-error.ts';
import { TEXTS } from './texts.ts';

/** Whether the system starts Endymail together with itself. */
export interface LoginItem {
  readonly isSet: () => Promise<boolean>;
  /** Errors: `write-failed`. */
  readonly set: (on: boolean) => Promise<Result<void, Failure>>;
}

/** Program and arguments of such a start. */
export type StartCommand = readonly [program: string, ...args: string[]];

/** What of Electron's `app` keeps it. */
export interface LoginItemKeeper {
  getLoginItemSettings(options: { path: string; args: string[] }): { readonly openAtLogin: boolean };
  setLoginItemSettings(settings: { openAtLogin: boolean; path: string; args: string[] }): void;
}

/** Windows and macOS: the system keeps it. */
export function systemLoginItem(app: LoginItemKeeper, [path, ...args]: StartCommand): LoginItem {
  return {
    isSet: () => Promise.resolve(app.getLoginItemSettings({ path, args }).openAtLogin),
    set: (openAtLogin) => {
      app.setLoginItemSettings({ openAtLogin, path, args });
      return Promise.resolve(ok());
    },
  };
}

const ENTRY_MODE = 0o644;

/** Linux: a file of the Desktop Application Autostart Specification. `name` tells apart the homes of one person. */
export function autostartFile(
  env: Readonly<Record<string, string | undefined>>,
  homeDir: string,
  name: string,
  command: StartCommand,
): LoginItem {
  const configHome = env['XDG_CONFIG_HOME'];
  // XDG Base Directory Specification: a relative path is invalid and is ignored.
  const base = configHome !== undefined && isAbsolute(configHome) ? configHome : join(homeDir, '.config');
  const path = join(base, 'autostart', `${name}.desktop`);

  async function write(): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    await replaceDurably({ path, content: Buffer.from(desktopEntry(command)), mode: ENTRY_MODE, temporary });
  }

  return {
    async isSet() {
      try {
        // Desktops switch an entry off by this key instead of deleting it.
        return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(await readFile(path, 'utf8'));
      } catch {
        return false;
      }
    },
    async set(on) {
      try {
        await (on ? write() : rm(path, { force: true }));
        return ok();
      } catch (error) {
        return err(failure('write-failed', TEXTS.failures.loginEntry, messageOf(error)));
      }
    },
  };
}

function desktopEntry(command: StartCommand): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    `Name=${TEXTS.appName}`,
    `Comment=${TEXTS.loginEntry.comment}`,
    `Exec=${command.map(execWord).join(' ')}`,
    'Terminal=false',
    'NoDisplay=true',
    '',
  ].join('\n');
}

/**
 * A word of the key Exec. Desktop Entry Specification 1.5, "The Exec key": within quotes `"`, backtick, `$` and `\` are
 * escaped by a backslash, `%` is doubled; and the value as a whole, being a string, has each backslash doubled.
 */
function execWord(word: string): string {
  const quoted = `"${word.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;
  return quoted.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
