import type { readPrefs } from '../harness/index.ts';

type Prefs = ReturnType<typeof readPrefs>;

/** The settings of a profile before it was set up, while it was, and after that was taken back. */
export interface SettingsReport {
  /** What setting up changed. */
  readonly changed: readonly string[];
  /** What is not as before: of the changed ones, and of every other that decides about mail security. */
  readonly different: readonly string[];
  readonly text: string;
}

/** Settings that decide how a mail is protected. */
const OF_SECURITY =
  /^(mail\.(e2ee|smime|openpgp)\.|security\.|mail\.identity\.id\d+\.(sign|encrypt|openpgp|is_gnupg|attachPgp|protect|e2e))/;

export function compareSettings(before: Prefs, enabled: Prefs, after: Prefs): SettingsReport {
  const changed = namesIn(before, enabled).filter((name) => before[name] !== enabled[name]);
  const watched = namesIn(before, after).filter((name) => OF_SECURITY.test(name) || changed.includes(name));
  const line = (name: string): string =>
    [
      name,
      `    before          ${inWords(before[name])}`,
      `    while enabled   ${inWords(enabled[name])}`,
      `    after the undo  ${inWords(after[name])}`,
    ].join('\n');
  return {
    changed,
    different: watched.filter((name) => before[name] !== after[name]),
    text: `${changed.map(line).join('\n\n')}\n`,
  };
}

const namesIn = (...all: readonly Prefs[]): string[] =>
  [...new Set(all.flatMap((prefs) => Object.keys(prefs)))].sort((one, other) => one.localeCompare(other));

const inWords = (value: Prefs[string] | undefined): string =>
  value === undefined ? '(not set)' : JSON.stringify(value);
