import type { MailboxView } from '@endymail/shared/ipc';
import type { ChangedByHandChoice, ChangePlan, MailAddress, ProfileId } from '@endymail/shared/mail';
import type { EnableGroup } from '../../state/page.ts';

/** What the person said to the plan so far. What was not said is no. */
export interface Decisions {
  /** Mailboxes whose own set-up may be replaced. */
  readonly replaced: ReadonlySet<MailAddress>;
  /** Profiles in which encrypting by itself may change something for others. */
  readonly accepted: ReadonlySet<ProfileId>;
  readonly changedByHand: ChangedByHandChoice;
}

export const NOTHING_SAID: Decisions = Object.freeze({
  replaced: new Set<MailAddress>(),
  accepted: new Set<ProfileId>(),
  changedByHand: 'leave',
});

/** Whether the mailbox has an encryption set-up of the person's own. */
export const hasOwnSetup = ({ places }: MailboxView): boolean =>
  places.some(({ setup }) => setup === 'own-smime' || setup === 'own-openpgp');

/** The mailboxes that are set up: one with a set-up of its own only where that may be replaced. */
export function keptRows(rows: readonly MailboxView[], { replaced }: Decisions): readonly MailboxView[] {
  return rows.filter((row) => !hasOwnSetup(row) || replaced.has(row.address));
}

type Way = 'plain' | 'accepted' | 'by-hand';

/**
 * The mailboxes in groups of the same answers, in the order in which they are set up. Where others are touched and that
 * was not accepted, the person presses Encrypt. An answer holds for no mailbox and no profile that it was not given for.
 * Own set-ups come first: once they are replaced, the others of their profile touch nothing of theirs any more.
 */
export function groupsOf(
  rows: readonly MailboxView[],
  plans: readonly ChangePlan[],
  decisions: Decisions,
): readonly EnableGroup[] {
  const touching = new Set(plans.filter(({ consents }) => consents.length > 0).map((plan) => plan.profileId));
  const groups = new Map<string, EnableGroup>();
  const kept = keptRows(rows, decisions);
  for (const row of [...kept.filter(hasOwnSetup), ...kept.filter((other) => !hasOwnSetup(other))]) {
    const way = wayOf(row, touching, decisions.accepted);
    const own = hasOwnSetup(row);
    const key = `${way} ${String(own)}`;
    const addresses = [...(groups.get(key)?.addresses ?? []), row.address];
    groups.set(key, { addresses, choices: choicesOf(way, own, decisions.changedByHand) });
  }
  return [...groups.values()];
}

function wayOf({ places }: MailboxView, touching: ReadonlySet<ProfileId>, accepted: ReadonlySet<ProfileId>): Way {
  const asked = places.map(({ profileId }) => profileId).filter((id) => touching.has(id));
  if (asked.length === 0) return 'plain';
  return asked.every((id) => accepted.has(id)) ? 'accepted' : 'by-hand';
}

function choicesOf(way: Way, replaceOwn: boolean, changedByHand: ChangedByHandChoice): EnableGroup['choices'] {
  return {
    ...(way === 'accepted' ? { acceptProfileWide: true } : {}),
    ...(way === 'by-hand' ? { byHand: true } : {}),
    ...(replaceOwn ? { replaceOwn: true } : {}),
    ...(changedByHand === 'put-back' ? { changedByHand } : {}),
  };
}
