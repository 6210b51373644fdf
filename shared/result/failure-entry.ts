/**
 * How a command ends, as scripts see it. 0 is "done".
 * `needsPerson`: nothing is broken, but somebody must decide or do something first.
 */
export const EXIT_CODES = Object.freeze({
  done: 0,
  failed: 1,
  usage: 2,
  needsPerson: 3,
  keychain: 4,
  nothingFound: 5,
} as const);

export type ExitName = keyof typeof EXIT_CODES;

export interface FailureEntry {
  readonly exit: Exclude<ExitName, 'done'>;
  readonly message: string;
  readonly advice: string;
  readonly retry: boolean;
}

/** One line of the table. */
export const entry = (exit: FailureEntry['exit'], message: string, advice: string, retry = false): FailureEntry =>
  Object.freeze({ exit, message, advice, retry });
