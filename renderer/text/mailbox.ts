import type { MailboxView, PlaceView } from '@endymail/shared/ipc';
import type { MailboxState } from '@endymail/shared/mail';
import { assertNever } from '@endymail/shared/result';
import { counted } from './count.ts';

/** A state with its mark and its words, which claim no more than is so. */
export interface StateWords {
  readonly mark: 'protected' | 'ready' | 'off' | 'needs';
  readonly words: string;
}

/** What stands at the right of a mailbox's row. `people`: how many correspondents mail is encrypted to. */
export function stateWords(state: MailboxState, people: number): StateWords {
  switch (state) {
    case 'off':
      return { mark: 'off', words: 'Off' };
    case 'ready':
      return { mark: 'ready', words: 'Ready, nobody known yet' };
    case 'protected':
      return { mark: 'protected', words: `Protected with ${counted(people, 'person', 'people')}` };
    case 'by-hand':
      return { mark: 'ready', words: 'By hand: you press Encrypt' };
    case 'waiting':
      return { mark: 'needs', words: 'Waiting for Thunderbird' };
    case 'needs-you':
      return { mark: 'needs', words: 'Needs you' };
    default:
      return assertNever(state);
  }
}

/** Where a mailbox is: "Thunderbird", "Thunderbird, profile “Rowing club”". Each client and profile once. */
export function placesWords({ places }: MailboxView): string {
  return [...new Set(places.map(placeWords))].join('; ');
}

/** Client, profile where it is not the one the client starts with, and the account's name where it says more. */
export function placesAndAccountsWords({ address, places }: MailboxView): string {
  const words = places.map((place) =>
    place.accountName === '' || place.accountName === address
      ? placeWords(place)
      : `${placeWords(place)}, ${place.accountName}`,
  );
  return [...new Set(words)].join('; ');
}

function placeWords({ product, profileName, inUse }: PlaceView): string {
  return inUse ? product : `${product}, profile “${profileName}”`;
}
