import { sessionBus, type SessionBus } from './session-bus.ts';

/** What this desktop has, where that differs from one to the next. */
export interface Desktop {
  /** Resolves true when icons of programs are shown; false when it does not look as if they will be. */
  readonly waitForTrayHost: () => Promise<boolean>;
  /** Whether the keychain can be used without asking the person anything. */
  readonly isKeychainOpen: () => Promise<boolean>;
}

/** A program that starts with the session may be there before the panel is, in milliseconds. */
const TRAY_PAUSES_MS = [0, 2_000, 10_000, 30_000];

export function desktopOf(
  platform: NodeJS.Platform,
  pause: (ms: number) => Promise<void>,
  bus: SessionBus = sessionBus,
): Desktop {
  return {
    async waitForTrayHost() {
      if (platform !== 'linux') return true;
      for (const ms of TRAY_PAUSES_MS) {
        await pause(ms);
        if ((await bus.hasTrayHost()) ?? false) return true;
      }
      return false;
    },

    async isKeychainOpen() {
      // Windows never asks. macOS may, and can not be asked whether it would.
      if (platform !== 'linux') return platform === 'win32';
      return (await bus.isKeychainLocked()) === false;
    },
  };
}
