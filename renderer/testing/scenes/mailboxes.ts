import { failure } from '@endymail/shared/result';
import { mailbox, place, profileId } from './values.ts';

/** The mailboxes of one made-up person. */
export const MIRA = mailbox('mira@halvorsen.example');

export const CLUB = mailbox('treasurer@rowingclub-lade.example', {
  places: [
    place({
      profileId: profileId(2),
      profileName: 'Rowing club',
      inUse: false,
      accountName: 'Mira Halvorsen (treasurer)',
    }),
  ],
});

export const POTS = mailbox('post@halvorsen-keramikk.example', {
  places: [place({ accountName: 'Halvorsen Keramikk' })],
});

export const WORK = mailbox('m.halvorsen@nordlys-shipping.example', {
  suggested: false,
  reasons: [failure('own-setup')],
  places: [place({ accountName: 'Nordlys Shipping', setup: 'own-smime' })],
});
