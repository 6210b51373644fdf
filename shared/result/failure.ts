import { FAILURES, type FailureCode } from './failure-table.ts';

/**
 * A failure that a person can meet: a stable code, one sentence that says what happened, one that says what to do.
 * Plain data, so that it crosses the border to a window or a script unchanged.
 */
export interface Failure {
  readonly code: FailureCode;
  /** What happened, in a sentence, with the concrete names (profile, address, file). Never a secret. */
  readonly message: string;
  /** What the person can do about it. */
  readonly advice: string;
  /** Whether doing the same again can help without anything else being changed. */
  readonly retry: boolean;
  /** Technical text for *Details*: of the tool, the operating system. Bounded, never a secret. */
  readonly detail?: string;
}

/** The longest technical text that a failure carries, in characters. */
const DETAIL_MAX_CHARS = 2_000;

/**
 * Makes a failure. `message` replaces the general sentence of the table where there is something concrete to say.
 */
export function failure(code: FailureCode, message?: string, detail?: string): Failure {
  const entry = FAILURES[code];
  return {
    code,
    message: message ?? entry.message,
    advice: entry.advice,
    retry: entry.retry,
    ...(detail === undefined ? {} : { detail: detail.slice(0, DETAIL_MAX_CHARS) }),
  };
}
