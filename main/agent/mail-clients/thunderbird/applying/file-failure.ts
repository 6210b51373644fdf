import { failure, type Failure, type FailureCode } from '@endymail/shared/result';

/** Turns what the file system said into a failure; `otherwise` is the code where the disk is neither full nor read-only. */
export function fileFailure(error: unknown, file: string, otherwise: FailureCode): Failure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const detail = `${file}: ${code === '' ? String(error) : code}`;
  if (code === 'ENOSPC' || code === 'EDQUOT') return failure('disk-full', undefined, detail);
  if (otherwise === 'write-failed' && ['EROFS', 'EACCES', 'EPERM'].includes(code)) {
    return failure('profile-read-only', undefined, detail);
  }
  return failure(otherwise, undefined, detail);
}
