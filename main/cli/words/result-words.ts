import type { MailAddress, MailboxRow } from '@endymail/shared/mail';
import { stateWords } from './mailbox-words.ts';

/** What became of the mailboxes that were enabled: each in its own state, never more than is so. */
export function enabledWords(rows: readonly MailboxRow[], addresses: readonly MailAddress[], people: number): string {
  const [first] = addresses;
  return [
    ...rows
      .filter(({ address }) => addresses.includes(address))
      .map(({ address, state }) => `${address}: ${stateWords(state, people)}`),
    '',
    `Next: endymail share ${first ?? '<address>'} --out <file> makes the file for those who write to you;`,
    '      endymail import-peer <file> adds somebody whose file you got.',
  ].join('\n');
}

/** What it means now that somebody was added. */
export function addedWords(person: MailAddress, rows: readonly MailboxRow[]): string {
  const inState = (state: MailboxRow['state']): string =>
    rows
      .filter((row) => row.state === state)
      .map(({ address }) => address)
      .join(', ');
  const automatic = inState('protected');
  const byHand = inState('by-hand');
  if (automatic === '' && byHand === '') {
    if (rows.some(({ state }) => state !== 'off')) {
      return `${person} is remembered, and no mailbox of yours can encrypt now: endymail check tells why.`;
    }
    return `${person} is remembered. Mail is encrypted once a mailbox of yours is enabled: endymail enable <address>.`;
  }
  return [
    ...(automatic === '' ? [] : [`Mail from ${automatic} to ${person} is encrypted from now on.`]),
    ...(byHand === '' ? [] : [`From ${byHand} it is encrypted when you press Encrypt.`]),
  ].join('\n');
}
