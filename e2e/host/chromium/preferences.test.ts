import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writePreferences } from './preferences.ts';

let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'endymail-preferences-'));
});
afterEach(() => {
  rmSync(profile, { recursive: true });
});

it('a new profile offers to save no password and to translate nothing', () => {
  writePreferences(profile);
  expect(JSON.parse(readFileSync(join(profile, 'Default', 'Preferences'), 'utf8'))).toEqual({
    credentials_enable_service: false,
    credentials_enable_autosignin: false,
    profile: { password_manager_enabled: false },
    translate: { enabled: false },
  });
});
