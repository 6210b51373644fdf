import { assertNever } from '@endymail/shared/result';
import type { MailboxList, MailboxPlace, MailboxRow, MailboxState } from '@endymail/shared/mail';

/** The list of mailboxes for a person. `people` is how many correspondents mail is encrypted to. */
export function mailboxListWords({ rows, problems }: MailboxList, people: number): string {
  const lines = rows.map((row) => rowWords(row, people));
  const troubles = problems.map(({ message, advice }) => `! ${message}\n  ${advice}`);
  return [...lines, ...troubles].join('\n\n');
}

/** Where else Endymail looks than in the usual places; nothing where that is nowhere. */
export const folderWords = (folders: readonly string[]): readonly string[] =>
  folders.length === 0 ? [] : [['Endymail looks into these folders too:', ...folders].join('\n  ')];

function rowWords(row: MailboxRow, people: number): string {
  return [
    `${row.address}${row.name === '' ? '' : ` (${row.name})`}`,
    `  ${stateWords(row.state, people)}`,
    ...row.reasons.map(({ message, advice }) => `  ${message} ${advice}`),
    ...row.places.map((place) => `  ${placeWords(place)}`),
  ].join('\n');
}

/** A mailbox's state in a sentence that claims no more than is so. */
export function stateWords(state: MailboxState, people: number): string {
  switch (state) {
    case 'off':
      return 'Off.';
    case 'ready':
      return 'Ready. Nobody who can get encrypted mail from you is known yet.';
    case 'protected':
      return `Mail to ${people === 1 ? 'one person' : `${people} people`} is encrypted. Mail to everyone else goes as before.`;
    case 'by-hand':
      return 'Set up by hand: press Encrypt in Thunderbird when you write.';
    case 'waiting':
      return 'Waiting for Thunderbird to be closed.';
    case 'needs-you':
      return 'Needs you.';
    default:
      return assertNever(state);
  }
}

function placeWords({ profile, identity, setup }: MailboxPlace): string {
  const client = `${profile.product}${profile.version === null ? '' : ` ${profile.version}`}`;
  const facts = [
    client,
    `profile “${profile.name}”`,
    `account “${identity.account.name}” (${identity.account.serverType}, ${identity.account.serverHost})`,
    ...(profile.running ? ['running'] : []),
    ...(profile.primaryPassword ? ['primary password'] : []),
    ...(profile.inUse ? [] : ['not the profile it starts with']),
    ...(setup === 'own-smime' ? ['own certificate'] : []),
    ...(setup === 'own-openpgp' ? ['own OpenPGP key'] : []),
  ];
  return facts.join(', ');
}

/** For a place where there is room for a few words only. */
export function placesHint({ places }: MailboxRow): string {
  return [...new Set(places.map(({ profile }) => `${profile.product}, ${profile.name}`))].join('; ');
}
