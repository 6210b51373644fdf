import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Session } from '../session.ts';

/**
 * Whether the person agrees: asked in a terminal, and yes where `--yes` answers for them. `proposed` is what Enter alone
 * answers; yes unless given. Errors: `confirm-needed` (nobody can be asked).
 */
export async function agrees(
  session: Session,
  question: string,
  proposed?: boolean,
): Promise<Result<boolean, Failure>> {
  if (session.yes) return ok(true);
  return session.canAsk ? ok(await session.terminal.confirm(question, proposed)) : err(failure('confirm-needed'));
}
