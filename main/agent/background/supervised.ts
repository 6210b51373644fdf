/** How one system keeps a program running in the session of a person, as what is written and what is run for it. */
export interface Supervised {
  /** What a person may call it by at their system. */
  readonly name: string;
  /** The one file that says what is run. */
  readonly file: { readonly path: string; readonly content: Uint8Array };
  /** What has it started with the session; null where the file's place does, or `start`. */
  readonly link: { readonly path: string; readonly target: string } | null;
  /** Has the system take in what was written. */
  readonly wrote: readonly CommandLine[];
  readonly start: CommandLine;
  readonly stop: CommandLine;
  /** Has the system take in that it is gone; ends nothing. */
  readonly removed: readonly CommandLine[];
  /** Ends well where the system keeps it running. */
  readonly isRunning: CommandLine;
}

/** A program and its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];
