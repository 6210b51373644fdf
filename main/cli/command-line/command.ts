import type { ExitName, Failure, Result } from '@endymail/shared/result';
import type { Session } from '../session.ts';

export interface OptionSpec {
  readonly type: 'boolean' | 'string';
  /** One letter that means the same: "h" for -h. */
  readonly short?: string;
  /** Shown in help after the name: "<file>". */
  readonly value?: string;
  readonly help: string;
}

/** The values of the options that were given. A name that is not in the command's table can not be asked for. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** One command: what it takes, how it explains itself, what it does. The table of them is the only list of commands. */
export interface Command {
  readonly name: string;
  /** One line of the overview. */
  readonly summary: string;
  /** The arguments in help: "<address>…". Empty where it takes none. */
  readonly takes: string;
  /** How many arguments it takes, at least and at most. */
  readonly count: readonly [min: number, max: number];
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** What help says below the options: in sentences, with examples. */
  readonly help: string;
  run(session: Session, input: CommandInput): Promise<Result<Outcome, Failure>>;
}

export interface CommandInput {
  readonly positionals: readonly string[];
  readonly values: OptionValues;
}

/** What a command has to say when it did not fail. */
export interface Outcome {
  /** For a person. Empty: nothing to say. */
  readonly text: string;
  /** For a script; what `--json` prints. */
  readonly json: unknown;
  /** `done` unless something is left that the person must do. */
  readonly exit: ExitName;
}

/** What a command says when the person answered no. */
export const NOTHING_CHANGED: Outcome = Object.freeze({
  text: 'Nothing was changed.',
  json: null,
  exit: 'needsPerson',
});

export const flag = (values: OptionValues, name: string): boolean => values[name] === true;

export const text = (values: OptionValues, name: string): string | null => {
  const value = values[name];
  return typeof value === 'string' ? value : null;
};

export const defineCommand = (command: Command): Command => Object.freeze(command);
