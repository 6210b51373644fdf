import { failure, type Failure, type FailureCode } from '@endymail/shared/result';
import { errnoOf, isDiskFull } from '../../../../files/system-error.ts';

/** Turns what the file system said into a failure; `otherwise` is the code where the disk is neither full nor read-only. */
export function fileFailure(error: unknown, file: string, otherwise: FailureCode): Failure {
  const code = errnoOf(error);
  const detail = `${file}: ${code ?? String(error)}`;
  if (isDiskFull(error)) return failure('disk-full', undefined, detail);
  if (otherwise === 'write-failed' && code !== null && ['EROFS', 'EACCES', 'EPERM'].includes(code)) {
    return failure('profile-read-only', undefined, detail);
  }
  return failure(otherwise, undefined, detail);
}
