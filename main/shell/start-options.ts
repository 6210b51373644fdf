import { isLink } from './deep-link.ts';

/** The switches of the program. The first two have it be another program; both count only as the first argument. */
export const SWITCHES = Object.freeze({
  /** One request to the keychain and the end (see keytar-entry.ts). */
  keytar: '--endymail-keytar',
  /** The command line (see cli-entry.ts). */
  cli: '--cli',
  /** A start together with the computer: no window, no question. */
  hidden: '--hidden',
  home: '--home',
  /** Chromium's own; where it is given the folder of the window is not worked out from the home. */
  userData: '--user-data-dir',
});

/** What this process is to be. */
export type StartOptions =
  { readonly kind: 'keytar' } | { readonly kind: 'cli'; readonly args: readonly string[] } | WindowStart;

export interface WindowStart {
  readonly kind: 'window';
  /** Endymail's own folder; null: where the command line has it. */
  readonly home: string | null;
  readonly isHidden: boolean;
  /** The link that was opened. Not looked at yet. */
  readonly link: string | null;
  readonly hasOwnUserData: boolean;
}

/**
 * Reads the arguments without the program's own name. What follows a link is not looked at: a browser puts a stranger's
 * text there, which on Windows can be made to look like further arguments.
 */
export function parseStart(args: readonly string[]): StartOptions {
  if (args[0] === SWITCHES.keytar) return { kind: 'keytar' };
  if (args[0] === SWITCHES.cli) return { kind: 'cli', args: args.slice(1) };
  const linkAt = args.findIndex(isLink);
  const own = linkAt === -1 ? args : args.slice(0, linkAt);
  return {
    kind: 'window',
    home: valueOf(own, SWITCHES.home),
    isHidden: own.includes(SWITCHES.hidden),
    link: args[linkAt] ?? null,
    hasOwnUserData: valueOf(own, SWITCHES.userData) !== null,
  };
}

/** `--name value` and `--name=value`, as the command line takes them. */
function valueOf(args: readonly string[], name: string): string | null {
  for (const [index, arg] of args.entries()) {
    if (arg.startsWith(`${name}=`)) return arg.slice(name.length + 1) || null;
    if (arg === name) return args[index + 1] ?? null;
  }
  return null;
}
