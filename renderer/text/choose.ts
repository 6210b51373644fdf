import type { MailboxView } from '@endymail/shared/ipc';
import type { FailureCode } from '@endymail/shared/result';
import { counted } from './count.ts';
import { failureText } from './failures.ts';

export const CHOOSE = Object.freeze({
  title: 'Choose your mailboxes',
  lead: 'Thunderbird will sign and encrypt by itself whenever you have added everyone on the mail. Mail to everyone else goes as before.',
  list: 'Mailboxes found on this computer',
  nothingTicked: 'Tick at least one mailbox.',
  allEnabled: 'Every mailbox that was found is enabled already.',
});

/** On the button: "Enable 2 mailboxes". */
export const enableWords = (count: number): string => `Enable ${counted(count, 'mailbox', 'mailboxes')}`;

/** Shorter than the failure's own sentence, since the list is there to choose from, not to mend. */
const NOT_TICKED: Partial<Readonly<Record<FailureCode, string>>> = Object.freeze({
  'own-setup': 'it has an encryption set-up of its own.',
  'settings-overruled': 'its settings are fixed by whoever manages this computer.',
  'client-too-old': 'its Thunderbird is too old. Update it to version 128 or newer.',
  'primary-password': 'its Thunderbird has a primary password, which only you can give.',
});

/** Why a mailbox is not ticked by itself; null where it is. */
export function notTickedWords({ reasons, suggested }: MailboxView): string | null {
  const [reason] = reasons;
  if (suggested || reason === undefined) return null;
  return `Not ticked: ${NOT_TICKED[reason.code] ?? lowerFirst(failureText(reason).says)}`;
}

/** A name at the beginning keeps its capital. */
function lowerFirst(text: string): string {
  return /^(This|A|An|The|There|It|Something|Addresses)\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
