import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Prefs } from './test-prefs.ts';

/**
 * The tests' own reader and writer of prefs.js, on purpose not the product's: what the product wrote is judged by
 * something that does not share its mistakes.
 */
export function readPrefs(profileFolder: string): Record<string, string | number | boolean> {
  return Object.fromEntries(
    lines(profileFolder).flatMap((line) => {
      const match = PREF_LINE.exec(line);
      if (match === null) return [];
      const [, name = '', value = ''] = match;
      return [[name, parseValue(value)]];
    }),
  );
}

/** Replaces or adds prefs of a closed profile. */
export function setPrefs(profileFolder: string, prefs: Prefs): void {
  write(profileFolder, [...without(profileFolder, Object.keys(prefs)), ...Object.entries(prefs).map(prefLine)]);
}

/** Takes prefs out of a closed profile. */
export function removePrefs(profileFolder: string, names: readonly string[]): void {
  write(profileFolder, without(profileFolder, names));
}

const prefLine = ([name, value]: [string, unknown]): string =>
  `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`;

const PREF_LINE = /^user_pref\("([^"]+)", (.*)\);$/;

function parseValue(text: string): string | number | boolean {
  // Thunderbird escapes as JavaScript does; the only escape of it that JSON lacks is \x (modules/libpref/Preferences.cpp).
  const value: unknown = JSON.parse(text.replace(/\\x([0-9a-f]{2})/gi, '\\u00$1'));
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new Error(`Not a value of a pref: ${text}`);
}

const without = (profileFolder: string, names: readonly string[]): string[] =>
  lines(profileFolder).filter((line) => !names.some((name) => line.startsWith(`user_pref(${JSON.stringify(name)},`)));

function lines(profileFolder: string): string[] {
  const file = join(profileFolder, 'prefs.js');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').replace(/\n$/, '').split('\n');
}

function write(profileFolder: string, content: readonly string[]): void {
  const file = join(profileFolder, 'prefs.js');
  writeFileSync(`${file}.new`, `${content.join('\n')}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
