import { failure } from '@endymail/shared/result';
import type { ChainLink, ChainStep, MailboxCheck } from '@endymail/shared/mail';
import { address } from './values.ts';

const SAYS: Readonly<Record<ChainLink, string>> = Object.freeze({
  account: 'Thunderbird has this mailbox.',
  keys: 'Your key is here and valid until 2028-11-03.',
  certificate: 'Thunderbird has your certificate and trusts it.',
  client: "Thunderbird encrypts by itself where it knows everybody's certificate.",
  delivery: 'A test mail to yourself shows that it works.',
});

const LINKS: readonly ChainLink[] = ['account', 'keys', 'certificate', 'client', 'delivery'];

const SOUND: readonly ChainStep[] = LINKS.map((link) => ({
  link,
  state: link === 'delivery' ? 'unknown' : 'holds',
  says: SAYS[link],
  failure: null,
}));

/** A check in which everything holds. */
export function check(text: string, changed: Partial<MailboxCheck> = {}): MailboxCheck {
  return {
    address: address(text),
    place: {
      profileName: 'default-esr',
      profilePath: '/home/mira/.thunderbird/x7k2.default-esr',
      identityId: 'id1',
    },
    steps: SOUND,
    changedByHand: [],
    people: 9,
    ...changed,
  };
}

/** The chain broken at one link. */
export function brokenAt(link: ChainLink, says: string, why = failure('not-set-up')): readonly ChainStep[] {
  return SOUND.map((step) => (step.link === link ? { link, state: 'broken' as const, says, failure: why } : step));
}

export const CHANGED = Object.freeze([
  {
    what: 'pref' as const,
    name: 'mail.e2ee.auto_enable',
    address: null,
    ours: true,
    now: false,
    before: null,
  },
]);
