import type { AccountView, PinView, SyncView } from '@endymail/shared/account';
import { counted } from './count.ts';
import { momentWords } from './dates.ts';

export const ACCOUNT = Object.freeze({
  title: 'Use Endymail on your other devices too',
  lead: 'With an account, your devices share your mailboxes, people and keys. What leaves this computer is sealed; only your devices can open it.',
  offerSub: 'An account shares your mailboxes, people and keys between your devices.',
  setUp: 'Set up…',
  where: 'Where the account lives',
  service: 'On a mesh service',
  serviceSub:
    'A computer that is always on: yours, or that of somebody who runs one for you. It can read nothing of it.',
  here: 'On this computer',
  hereSub: 'For your own devices, in this network, while this computer is on.',
  name: 'Account name',
  nameHint: 'Small letters, digits, dot, dash and underscore. It stays for ever.',
  nameMissing: 'Choose a name.',
  nameWrong: 'Use small letters, digits, dot, dash and underscore.',
  address: 'Address of the mesh service',
  addressHint: 'For example mesh.example.org. Whoever runs it tells you.',
  addressMissing: 'Type the address of the service.',
  willBe: (name: string): string => `The account will be called ${name}.`,
  create: 'Create the account',

  summary: 'Your other devices',
  summaryNone: 'None yet',

  heading: 'Account',
  noneTitle: 'No account yet',
  noneLead: 'Your mailboxes, people and keys are on this computer alone.',
  keptHere: 'This computer',
  keptHereSub: 'Your other devices reach it in this network, while this computer is on.',
  keptThereSub: 'It carries what your devices share, and can read nothing of it.',
  reachableHeading: 'Your other devices',
  reachable: 'Let my other devices reach this account',

  changedTitle: 'The mesh service shows another key than before',
  changedSays:
    'Nothing is sent until you have compared it. Whoever runs the service can tell you; else you may be in a foreign network.',
  changedCompare: 'Compare…',
  changedAsk: 'Is this the key of the service?',
  changedLead: 'Ask whoever runs the service, not by this network. Take it only if the new key is the same there.',
  changedKnown: 'Known until now',
  changedShown: 'Shown now',
  changedVouched: 'one that this computer trusts',
  changedTake: 'It is the same, take it',

  unconfirmedTitle: 'Changes that no other device has confirmed',
  unconfirmedSays:
    'None of your other devices was there for two weeks, so what changed is held back. Look at one of them. If it shows the same, or you made these changes yourself, take them over.',
  takeOver: 'Take them over',

  words: 'Recovery words',
  wordsSub: Object.freeze<Record<AccountView['words'], string>>({
    'to-be-written-down': 'Not written down yet. If this computer is lost now, so is the account.',
    confirmed: 'Written down. They bring the account back when every device is lost.',
    elsewhere: 'They were shown on your first device.',
  }),
  writeDown: 'Write down…',
  sharing: 'Sharing',
  syncNow: 'Sync now',
});

/** What it means that other devices may reach an account that is kept here, and what to type on them. */
export const reachableWords = (names: readonly string[]): string =>
  names.length === 0
    ? 'Now only this computer does. With the tick, devices in the same network can, while this computer is on.'
    : `On them the account is called ${names.join(' or ')}, in the same network, while this computer is on.`;

/** The state of sharing at the bottom of the side. */
export function syncWords({ asOf, problem }: SyncView, now: Date): string {
  const isOffline = problem?.code === 'mesh-offline';
  if (asOf === null) return isOffline ? 'Offline' : 'Not shared yet';
  const when = momentWords(asOf, now);
  if (problem === null) return `Shared as of ${when}`;
  return `${isOffline ? 'Offline' : 'Not shared'} since ${when}`;
}

/** The same in a sentence, with what waits and what was left out. */
export function syncSub({ unsent, problem, ignored }: SyncView): string {
  const skipped = ignored.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    ...(problem === null ? [] : [problem.message]),
    ...(unsent > 0 ? [`${counted(unsent, 'change waits', 'changes wait')} to be sent.`] : []),
    ...(skipped > 0 ? [`${counted(skipped, 'entry', 'entries')} that had no right to be there were left out.`] : []),
  ];
  return parts.length === 0 ? 'Your other devices can have everything that is here.' : parts.join(' ');
}

/** Why a service that nobody vouches for is believed; null: the system trusts it, or it is this computer's own. */
export function pinWords(pin: PinView | null): string | null {
  return pin?.how === 'first-use'
    ? 'Nobody vouches for this service, so Endymail remembers its key from the first visit and stops if it changes. Whoever runs it can compare the key under Details.'
    : null;
}

const PINNED: Readonly<Record<PinView['how'], string>> = Object.freeze({
  'first-use': 'since the first visit',
  invitation: 'named by the invitation',
  exchange: 'seen the same by another device',
  own: 'of this computer',
});

/** The key of the service, where it is not one that the system trusts. */
export const pinFacts = (pin: PinView | null) =>
  pin === null ? [] : [{ name: `key of the service, ${PINNED[pin.how]}`, value: pin.fingerprint }];

export const accountFacts = ({ name, fingerprint, service, device, pin }: AccountView) => [
  { name: 'account', value: name },
  { name: 'fingerprint', value: fingerprint },
  { name: 'kept at', value: service.address },
  ...pinFacts(pin),
  { name: 'this device', value: device.id },
];

interface Standing {
  readonly title: string;
  readonly says: string;
  readonly button: string;
  readonly leadsTo: 'home' | 'join';
}

/** Where this computer is no member of the account any more. */
export const STANDINGS: Readonly<Record<Exclude<AccountView['standing'], 'member'>, Standing>> = Object.freeze({
  removed: {
    title: 'This device was removed from the account',
    says: 'Nothing was deleted, and your mail can still be read here. It learns nothing new. If that was not you, look at your other devices now.',
    button: 'Forget this account here',
    leadsTo: 'home',
  },
  copied: {
    title: 'This data is in use on another computer too',
    says: 'So this computer stopped sharing. Remove it on another device of yours, then join again from here.',
    button: 'Join again…',
    leadsTo: 'join',
  },
});

const LOCAL_NAME = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/;

/** Whether a name can be one; the agent has the last word. */
export const isLocalName = (text: string): boolean => LOCAL_NAME.test(text);
