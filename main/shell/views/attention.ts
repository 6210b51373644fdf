import { failure, type FailureCode } from '@endymail/shared/result';
import { hasKeyEnded, type PersonView } from '@endymail/shared/mail';
import type { AttentionItem, MailboxesView, MailboxView } from '@endymail/shared/ipc';

export interface AttentionParts {
  readonly mailboxes: MailboxesView;
  readonly people: readonly PersonView[];
  readonly now: Date;
  /** ISO 8601; null: never, as far as the shell knows. */
  readonly lastBackupAt: string | null;
}

/** So long before somebody's key ends it is said: time to write to them, and for them to answer. */
const KEY_ENDS_SOON_MS = 30 * 24 * 60 * 60 * 1_000;

/** What the client's being open stands in the way of. */
const CLIENT_IS_OPEN: readonly FailureCode[] = ['client-running', 'client-started'];

/**
 * What needs the person, in the order in which it is shown: what waits for a client to be closed (once for each profile),
 * what was changed by hand, what is wrong with a mailbox, whose key has ended or soon will, what could not be read, and
 * last the backup.
 */
export function attentionView({ mailboxes, people, now, lastBackupAt }: AttentionParts): AttentionItem[] {
  const { rows, problems } = mailboxes;
  // Where there is no mailbox the whole window says why; where there are some, a problem is one thing beside others.
  const unread = rows.length === 0 ? [] : problems;
  const hasKeys = rows.some(({ state }) => state !== 'off');
  return [
    ...clientsToClose(rows),
    ...rows.filter(isChangedByHand).map(changedByHand),
    ...rows
      .filter(({ state }) => state === 'needs-you')
      .filter((row) => !isChangedByHand(row))
      .map(mailboxInNeed),
    ...(hasKeys ? keysThatEnd(people, now) : []),
    ...unread.map((problem): AttentionItem => ({ kind: 'problem', failure: problem })),
    ...(hasKeys && lastBackupAt === null ? [{ kind: 'back-up' } as const] : []),
  ];
}

/** Once for the keys that have ended, and once for those that soon will: Thunderbird says of neither that mail goes plain. */
function keysThatEnd(people: readonly PersonView[], now: Date): AttentionItem[] {
  const endOf = ({ certificateExpiresAt }: PersonView): number => Date.parse(certificateExpiresAt);
  const inTurn = people.toSorted((one, other) => endOf(one) - endOf(other));
  const ended = inTurn.filter((person) => hasKeyEnded(person, now));
  const ending = inTurn.filter(
    (person) => !hasKeyEnded(person, now) && endOf(person) <= now.getTime() + KEY_ENDS_SOON_MS,
  );
  return [ended, ending].flatMap((group): AttentionItem[] => {
    const [first] = group;
    if (first === undefined) return [];
    const addresses = group.map(({ address }) => address);
    return [{ kind: 'keys-end', hasEnded: group === ended, addresses, endsAt: first.certificateExpiresAt }];
  });
}

function clientsToClose(rows: readonly MailboxView[]): AttentionItem[] {
  const items = new Map<string, Extract<AttentionItem, { kind: 'close-client' }>>();
  for (const row of rows) {
    if (!row.reasons.some(({ code }) => CLIENT_IS_OPEN.includes(code)) || row.state === 'off') continue;
    for (const { profileId, product, profileName, inUse } of row.places.filter(({ running }) => running)) {
      const addresses = [...(items.get(profileId)?.addresses ?? []), row.address];
      items.set(profileId, { kind: 'close-client', profileId, product, profileName, inUse, addresses });
    }
  }
  return [...items.values()];
}

const isChangedByHand = ({ state, reasons }: MailboxView): boolean =>
  state === 'needs-you' && reasons.some(({ code }) => code === 'changed-by-hand');

function changedByHand({ address, reasons }: MailboxView): AttentionItem {
  const why = reasons.find(({ code }) => code === 'changed-by-hand') ?? failure('changed-by-hand');
  return { kind: 'changed-by-hand', address, failure: why };
}

function mailboxInNeed({ address, reasons }: MailboxView): AttentionItem {
  const why = reasons.find(({ code }) => !CLIENT_IS_OPEN.includes(code)) ?? failure('not-set-up');
  return { kind: 'mailbox', address, failure: why };
}
