import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { PendingDevice } from '@endymail/shared/account';
import type { Agent } from '../../../agent/index.ts';

/** The one device that asks to join and whose id begins so. Errors: `request-unknown`, and as `pending`. */
export async function chosenRequest(agent: Agent, prefix: string): Promise<Result<PendingDevice, Failure>> {
  const pending = await agent.account.pending();
  if (!pending.ok) return pending;
  const [request, second] = pending.value.filter(({ id }) => id.startsWith(prefix.toLowerCase()));
  if (request === undefined) return err(failure('request-unknown'));
  return second === undefined
    ? ok(request)
    : err(failure('request-unknown', 'Several devices ask to join: give the first letters of one’s id.'));
}
