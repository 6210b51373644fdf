import { failure } from '@endymail/shared/result';
import type { Scene } from './scene.ts';
import { mailbox, place, profileId, rows, view } from './values.ts';

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
export const WORK = mailbox('m.halvorsen@nordlys-shipping.example', {
  suggested: false,
  reasons: [failure('own-setup')],
  places: [place({ accountName: 'Nordlys Shipping', setup: 'own-smime' })],
});

const FIRST = view({ mailboxes: rows([MIRA, CLUB, WORK]) });

export const CHOOSE_SCENES = {
  choose: { view: FIRST },
  'choose-none': { view: view({ mailboxes: rows([WORK]) }) },
  'choose-500': {
    view: view({
      mailboxes: rows(Array.from({ length: 500 }, (_, index) => mailbox(`mailbox-${index + 1}@halvorsen.example`))),
    }),
  },
} satisfies Record<string, Scene>;
