import { ok, type Failure, type Result } from '@endymail/shared/result';
import type { AppModel } from './app-model.ts';
import type { LoginItem } from './login-item.ts';
import type { SettingsFile, ShellSettings } from './shell-settings.ts';
import type { AppChange, SettingsView } from '@endymail/shared/ipc';

/** What the person chose of the window itself, and what the shell remembers for them. */
export interface Preferences {
  /** Errors: `write-failed`. */
  readonly change: (change: {
    readonly theme?: ShellSettings['theme'];
    readonly openAtLogin?: boolean;
  }) => Promise<Result<void, Failure>>;
  /** Everything has just been written to a backup. */
  readonly backedUp: (at: Date) => void;
  /** The data here is not that of the last backup any more. */
  readonly forgotBackup: () => void;
  /** Endymail is removed from this computer: it does not come back by itself. */
  readonly forgetEverything: () => Promise<void>;
}

export interface PreferenceParts {
  readonly file: SettingsFile;
  readonly model: Pick<AppModel, 'view'>;
  readonly show: (change: AppChange) => void;
  /** Null: this system can not be asked to start Endymail. */
  readonly loginItem: LoginItem | null;
  readonly applyTheme: (theme: ShellSettings['theme']) => void;
}

export function createPreferences({ file, model, show, loginItem, applyTheme }: PreferenceParts): Preferences {
  const showSettings = (change: Partial<SettingsView>): void => {
    show({ settings: { ...model.view().settings, ...change } });
  };

  function rememberBackup(lastBackupAt: string | null): void {
    file.change({ lastBackupAt });
    showSettings({ lastBackupAt });
  }

  async function stay(openAtLogin: boolean): Promise<Result<void, Failure>> {
    if (loginItem === null) return ok();
    const set = await loginItem.set(openAtLogin);
    if (!set.ok) return set;
    file.change({ staysOpen: openAtLogin });
    showSettings({ openAtLogin });
    return ok();
  }

  return {
    async change({ theme, openAtLogin }) {
      if (theme !== undefined) {
        file.change({ theme });
        applyTheme(theme);
        showSettings({ theme });
      }
      return openAtLogin === undefined ? ok() : stay(openAtLogin);
    },

    backedUp: (at) => {
      rememberBackup(at.toISOString());
    },

    forgotBackup: () => {
      rememberBackup(null);
    },

    async forgetEverything() {
      rememberBackup(null);
      await stay(false);
    },
  };
}
