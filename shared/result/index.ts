export { assertNever } from './assert-never.ts';
export { failure, type Failure } from './failure.ts';
export { EXIT_CODES, FAILURES, exitCodeOf, type ExitName, type FailureCode } from './failure-table.ts';
export { Redacted } from './redacted.ts';
export { err, ok, type Err, type Ok, type Result } from './result.ts';
