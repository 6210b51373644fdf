import type {
  Agent,
  AgentOptions,
  BackgroundService,
  CommandLine,
  KeychainChoice,
  Restored,
  RestoreOptions,
} from '../agent/index.ts';
import type { TimeSpan } from '@endymail/shared/ipc';
import type { Failure, Redacted, Result } from '@endymail/shared/result';

/**
 * What the command line stands in: the agent behind it and the person in front of it. The tests put doubles here; there
 * is no other way from a command to the outside.
 */
export interface Surroundings {
  readonly terminal: Terminal;
  /** Where Endymail's own data is unless `--home` says otherwise. */
  defaultHome(): Promise<string>;
  openAgent(options: Omit<AgentOptions, 'system' | 'route'>): Promise<Result<Agent, Failure>>;
  restoreBackup(options: Omit<RestoreOptions, 'system'>): Promise<Result<Restored, Failure>>;
  startOver(options: { readonly home: string }): Promise<Result<{ readonly setAsideAs: string }, Failure>>;
  /**
   * Serves this home until the person ends it (Ctrl+C, or the system by SIGTERM), or until it is removed.
   * Errors: `home-busy` (another process serves it), and what keeps the home from being opened.
   */
  serve(options: ServeWish): Promise<Result<void, Failure>>;
  /** How the system itself has this home served. */
  background(home: string): Promise<BackgroundService>;
  /** How this program is started as the command line. */
  readonly ownCommand: CommandLine;
  /** The keychain that was chosen when the data in this folder was made; null: there is no data, or it can not be read. */
  rememberedKeychain(home: string): Promise<KeychainChoice['keychain'] | null>;
  /** Something is being written from now on, or is whole again: until then Ctrl+C waits. */
  writing(on: boolean): void;
  /** Resolves true after a while, false when the person does not want to wait (Ctrl+C). */
  pause(): Promise<boolean>;
}

export interface ServeWish extends KeychainChoice {
  readonly home: string;
  /** Where another process serves it, it is waited for its end. */
  readonly standsBy: boolean;
  /** Other commands can connect. */
  readonly onServing: () => void;
  /** Another process serves it, and is waited for. */
  readonly onStandingBy: () => void;
  /** Nobody served it in this time; what waited is done now. */
  readonly onGap: (gap: TimeSpan) => void;
}

/** The person at the terminal, or the script instead of one. */
export interface Terminal {
  /** Somebody can be asked. */
  readonly interactive: boolean;
  /** The answer of a command: stdout. */
  print(text: string): void;
  /** Progress and remarks: stderr. */
  note(text: string): void;
  /** False also when the question was dismissed. `proposed` is what Enter alone answers; yes unless given. */
  confirm(question: string, proposed?: boolean): Promise<boolean>;
  /** Null when the question was dismissed. */
  secret(question: string): Promise<Redacted<string> | null>;
  /** Null when the question was dismissed. */
  choose<T extends string>(question: string, choices: readonly Choice<T>[]): Promise<T | null>;
  chooseMany<T extends string>(
    question: string,
    choices: readonly (Choice<T> & { readonly ticked: boolean })[],
  ): Promise<readonly T[] | null>;
  /** Null when the question was dismissed. */
  text(question: string, placeholder: string): Promise<string | null>;
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}
