import type { AttentionItem, JobView, TimeSpan } from '@endymail/shared/ipc';
import type { PersonView } from '@endymail/shared/mail';
import { capital, counted, spelled } from './count.ts';
import { dayAndTimeWords, dayWords, momentWords } from './dates.ts';
import { holdsFromWords } from './devices.ts';
import { failureText } from './failures.ts';
import { namesWords } from './review.ts';

export const HOME_WORDS = Object.freeze({
  windowTitle: 'Home',
  attention: 'Needs attention',
  mailboxes: 'Mailboxes',
  inThunderbird: 'What you see in Thunderbird',
  addMailbox: 'Add mailbox',
  people: 'People',
  showAll: 'Show all',
  nobody: 'Nobody yet',
  nobodySub: 'Share your part, and add the people you write to.',
  here: 'On this computer',
  backup: 'Backup',
  noBackup: 'None yet',
  noBackupSub: 'Without your keys, encrypted mail stays closed for ever.',
  backUp: 'Back up…',
  lookAgain: 'Look again',
  show: 'Show',
  gapRead: 'OK',
  work: 'At work',
});

/** The heading: how many things need the person, and when everything was looked at. */
export function homeHead(
  attention: number,
  enabled: number,
  lookedAt: string | null,
  now: Date,
): { title: string; lead: string } {
  const when = lookedAt === null ? '' : ` Looked at ${momentWords(lookedAt, now)}.`;
  if (attention > 0) {
    return {
      title: `${capital(spelled(attention, 'thing needs', 'things need'))} you`,
      lead: `Everything else was in order.${when}`,
    };
  }
  if (enabled === 0) return { title: 'No mailbox is enabled', lead: `All mail goes as before.${when}` };
  return { title: 'Everything is in order', lead: when.trim() };
}

/** What an item of the list says, and its one button. */
export interface AttentionWords {
  readonly title: string;
  readonly says: string;
  readonly button: string;
}

export function attentionWords(item: AttentionItem): AttentionWords {
  switch (item.kind) {
    case 'close-client':
      return closeClientWords(item);
    case 'changed-by-hand':
      return { title: `${item.address} was changed`, says: failureText(item.failure).says, button: 'Decide…' };
    case 'mailbox':
      return { title: `${item.address} needs you`, says: failureText(item.failure).says, button: 'Look…' };
    case 'problem': {
      const { says, advice } = failureText(item.failure);
      return { title: says, says: advice, button: 'Look again' };
    }
    case 'keys-end':
      return keysEndWords(item, new Date());
    case 'back-up':
      return { title: 'You have no backup', says: HOME_WORDS.noBackupSub, button: HOME_WORDS.backUp };
    case 'join-request':
      return {
        title: 'A device asks to join',
        says: 'Nothing happens until you have typed the six digits that it shows.',
        button: 'Look…',
      };
    case 'act-waits':
      return {
        title: `“${item.deviceName}” is about to be removed`,
        says: `${holdsFromWords(item.holdsFrom, new Date())} If that was not you, cancel it${item.mayCancel ? '' : ' on an older device'}.`,
        button: 'Look…',
      };
    case 'task':
      return { title: 'Left for you', says: item.says, button: 'Done' };
    case 'account': {
      const { says, advice } = failureText(item.failure);
      return { title: says, says: advice, button: 'Look…' };
    }
    case 'write-words':
      return {
        title: 'Your recovery words are not written down',
        says: 'If this computer is lost now, so is your account.',
        button: 'Write down…',
      };
  }
}

function closeClientWords({
  product,
  profileName,
  inUse,
  addresses,
}: Extract<AttentionItem, { kind: 'close-client' }>): AttentionWords {
  const where = inUse ? '' : ` with the profile “${profileName}”`;
  const verb = addresses.length === 1 ? 'is' : 'are';
  return {
    title: `Close ${product} to finish ${addresses.length === 1 ? 'a mailbox' : spelled(addresses.length, 'mailbox', 'mailboxes')}`,
    says: `${namesWords(addresses)} ${verb} waiting for ${product}${where}.`,
    button: 'I have closed it',
  };
}

function keysEndWords(
  { hasEnded, addresses, endsAt }: Extract<AttentionItem, { kind: 'keys-end' }>,
  now: Date,
): AttentionWords {
  const [first = ''] = addresses;
  const isOne = addresses.length === 1;
  const who = isOne ? first : spelled(addresses.length, 'person', 'people');
  const [verb, verbs] = hasEnded ? ['ended', 'have ended'] : ['ends', 'end soon'];
  const key = isOne ? `Their key ${verb} (${dayWords(endsAt, now)})` : `Their keys ${verbs}`;
  return {
    title: `Mail to ${who} ${hasEnded ? 'goes' : 'will soon go'} unencrypted`,
    says: `${key}. ${isOne ? 'Ask for a new file, and add it.' : 'Ask for new files, and add them.'}`,
    button: 'Look…',
  };
}

/** From when to when nothing was done, and what that meant: no more than is known. */
export function gapWords({ from, to }: TimeSpan, attention: readonly AttentionItem[], now: Date): string {
  // Where there is no backup, there was none before.
  const isRestNamed = attention.some(({ kind }) => kind !== 'back-up');
  return [
    `Endymail was not at work from ${dayAndTimeWords(from, now)}, to ${dayAndTimeWords(to, now)}.`,
    'Thunderbird went on with what it had.',
    `Whatever waited in that time is done now${isRestNamed ? ', or is named below' : ''}.`,
  ].join(' ');
}

/** The summary of people: how many, and who came last. */
export function peopleWords(people: readonly PersonView[], now: Date): { name: string; sub: string } {
  const last = people.reduce<PersonView | null>(
    (late, person) => (late === null || person.addedAt > late.addedAt ? person : late),
    null,
  );
  if (last === null) return { name: HOME_WORDS.nobody, sub: HOME_WORDS.nobodySub };
  const who = last.name === '' ? last.address : last.name;
  return {
    name: counted(people.length, 'person', 'people'),
    sub: `Last added: ${who}, ${dayWords(last.addedAt, now)}`,
  };
}

/** When the last backup was made. */
export const backupWords = (lastBackupAt: string | null, now: Date): { name: string; sub: string } =>
  lastBackupAt === null
    ? { name: HOME_WORDS.noBackup, sub: HOME_WORDS.noBackupSub }
    : { name: `Made ${dayWords(lastBackupAt, now)}`, sub: 'Your mailboxes, people and keys are in it.' };

/** What goes on while the person is at home. */
export function jobWords({ kind, mailboxes }: JobView): string {
  const some = counted(mailboxes.length, 'mailbox', 'mailboxes');
  switch (kind) {
    case 'enable':
      return `Setting up ${some}…`;
    case 'disable':
      return `Turning off ${some}…`;
    case 'reconcile':
      return 'Bringing Thunderbird up to date…';
    case 'people':
      return 'Telling Thunderbird about your people…';
    case 'settings':
      return 'Changing settings…';
    case 'remove':
      return 'Undoing everything…';
  }
}
