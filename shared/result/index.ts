export { assertNever } from './assert-never.ts';
export { failure, type Failure } from './failure.ts';
export { EXIT_CODES, type ExitName } from './failure-entry.ts';
export { FAILURES, exitCodeOf, type FailureCode } from './failure-table.ts';
export { Redacted } from './redacted.ts';
export { err, ok, type Err, type Ok, type Result } from './result.ts';
