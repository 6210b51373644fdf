import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a browser offers to the person by itself and an app's window does not: to save what is typed as a password, and to
 * translate the window. The names are those of Chromium (components/password_manager, components/translate).
 */
const PREFERENCES = Object.freeze({
  credentials_enable_service: false,
  credentials_enable_autosignin: false,
  profile: Object.freeze({ password_manager_enabled: false }),
  translate: Object.freeze({ enabled: false }),
});

/** Writes what a new profile begins with; Chromium adds the rest. `profile`: its folder, empty. */
export function writePreferences(profile: string): void {
  const folder = join(profile, 'Default');
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, 'Preferences'), JSON.stringify(PREFERENCES), { mode: 0o600 });
}
