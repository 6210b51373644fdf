import type { Actor } from './stage.ts';

/** What Endymail showed, as its text, and whether it says what the story does. */
export interface Shown {
  readonly isSo: boolean;
  readonly text: string;
}

/** How somebody of the story uses Endymail: by its window, or by its command line. The story is the same. */
export interface Hands {
  /** How the story calls it, behind the name of who uses it. */
  readonly by: 'in the window' | 'on the command line';
  /** The mailbox is found, and off. */
  findMailbox(): Promise<Shown>;
  /** What would change. */
  plan(): Promise<Shown>;
  /** The tick; the mailbox is ready. */
  enable(): Promise<Shown>;
  /** Writes the public part into a file; the fingerprint that is read out by telephone. */
  share(file: string): Promise<string>;
  /** Takes somebody's public part; mail to them is encrypted from now on. */
  take(file: string, giver: Actor): Promise<Shown & { readonly fingerprint: string }>;
  /** What there is to see when all is set up; each picture's claim, and whether it holds. */
  lookRound(other: Actor): Promise<readonly { readonly claim: string; readonly shown: Shown }[]>;
  /** Takes everything back. Thunderbird must be closed. */
  undo(): Promise<void>;
}

/** Letters and digits alone: how a fingerprint is grouped, and where it breaks, is each face's own affair. */
export const bareFingerprint = (text: string): string => text.replace(/\W/g, '').toLowerCase();
