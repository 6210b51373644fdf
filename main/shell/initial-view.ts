import type { AboutView, AppView } from '@endymail/shared/ipc';
import type { ShellSettings } from './shell-settings.ts';

export interface InitialParts {
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly versions: Readonly<Partial<Record<string, string>>>;
  readonly settings: ShellSettings;
  /** Null: this system can not be asked. */
  readonly openAtLogin: boolean | null;
}

/** What is shown before the agent has said anything. */
export function initialView({ version, platform, versions, settings, openAtLogin }: InitialParts): AppView {
  return {
    agent: { state: 'starting' },
    mailboxes: { rows: [], problems: [], lookedAt: null },
    people: [],
    attention: [],
    job: null,
    gap: null,
    settings: {
      autoDisable: true,
      theme: settings.theme,
      openAtLogin,
      folders: [],
      lastBackupAt: settings.lastBackupAt,
    },
    account: null,
    devices: [],
    pending: { devices: [], answered: null },
    joining: null,
    joiningProblem: null,
    invitation: null,
    invitedTo: null,
    about: { version, platform: platformView(platform), runtime: runtimeView(versions) },
  };
}

function platformView(platform: NodeJS.Platform): AboutView['platform'] {
  return platform === 'linux' || platform === 'win32' || platform === 'darwin' ? platform : 'other';
}

/** Electron brings a Chromium; where none is in this process, another stands in for it. */
function runtimeView({ electron, chrome, node }: InitialParts['versions']): string {
  return chrome === undefined ? `Node ${node ?? ''} and the browser of this computer` : `Electron ${electron ?? ''}`;
}
