import { err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { Discovery, MailAddress } from '@endymail/shared/mail';
import type { AgentState } from '../home/state.ts';

/**
 * The state in which these mailboxes are no longer wanted. Their keys stay, for old mail and for a later *enable*;
 * a consent that was given for a profile goes with its last mailbox. One that is off already stays off: taking back can
 * be asked for again, to put back what was left the first time.
 * Errors: `mailbox-not-enabled` (never was).
 */
export function withoutMailboxes(
  state: AgentState,
  addresses: readonly MailAddress[] | 'all',
  discovery: Discovery,
): Result<AgentState, Failure> {
  const enabled = state.mailboxes.filter((mailbox) => mailbox.enabled).map((mailbox) => mailbox.address);
  const known = state.mailboxes.map((mailbox) => mailbox.address);
  const wrong = addresses === 'all' ? undefined : addresses.find((address) => !known.includes(address));
  if (wrong !== undefined) return err(failure('mailbox-not-enabled', `The mailbox ${wrong} is not enabled.`));
  const leaving = addresses === 'all' ? enabled : addresses;
  const staying = enabled.filter((address) => !leaving.includes(address));
  const mailboxes = state.mailboxes.map((mailbox) =>
    leaving.includes(mailbox.address) ? { ...mailbox, enabled: false, replaceOwn: false } : mailbox,
  );
  const profiles = state.profiles.filter((record) => {
    const profile = discovery.profiles.find(({ id }) => id === record.id);
    return profile?.identities.some((identity) => staying.includes(identity.address)) ?? false;
  });
  return ok({ ...state, mailboxes, profiles });
}
