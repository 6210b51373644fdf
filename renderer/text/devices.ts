import type { AccountView, ActView, DeviceView, SyncView, TaskView } from '@endymail/shared/account';
import { counted } from './count.ts';
import { dateWords, dayAndTimeWords, dayWords, momentWords } from './dates.ts';
import { failureText } from './failures.ts';
import { namesWords } from './review.ts';
import { systemName } from './systems.ts';

export const DEVICES = Object.freeze({
  title: 'Devices',
  add: 'Add a device…',
  list: 'Devices of your account',
  asking: 'Asking to join',
  asks: 'A device asks to join',
  look: 'Look…',
  thisDevice: 'This device',
  unnamed: 'A device without a name',
  suspended: 'Suspended',
  removed: 'Removed',
  removedList: (count: number): string => `${counted(count, 'device', 'devices')} removed`,
  noAccountLead: 'Endymail is used on this computer only.',
  noAccount: 'With an account, your other computers read and write the same encrypted mail.',
  toAccount: 'Account…',
  onlyThis: 'If this computer is lost, so is what only it has. Add a second device, or write down the recovery words.',
});

/** Below the heading. */
export const devicesLead = (account: AccountView, active: number): string =>
  `${counted(active, 'device belongs', 'devices belong')} to ${account.name}.`;

/** On Home: how many there are, and whether this computer has what they have. */
export const devicesSummary = (account: AccountView, active: number, now: Date): { name: string; sub: string } => ({
  name: counted(active, 'device', 'devices'),
  sub: sharedAsOf(account.sync, now),
});

export const deviceName = ({ name }: DeviceView): string => (name === '' ? DEVICES.unnamed : name);

/** Below a device's name in the list: its system, what it may, since when. */
export function deviceSub(device: DeviceView, now: Date): string {
  return [
    systemName(device.platform),
    ...(device.mayApprove && device.state === 'active' ? ['may approve others'] : []),
    ...(device.byInvitation && device.state !== 'removed' ? ['came by an invitation'] : []),
    ...seenOrAdded(device, now),
  ]
    .filter(Boolean)
    .join(', ');
}

/** When it was last there; else since when it belongs. */
function seenOrAdded({ isThis, addedAt, lastSeenAt }: DeviceView, now: Date): readonly string[] {
  if (!isThis && lastSeenAt !== null) return [`last seen ${seenWords(lastSeenAt, now)}`];
  return addedAt === null ? [] : [`added ${dayWords(addedAt, now)}`];
}

/** "today, 08:12", else the day. */
const seenWords = (lastSeenAt: string, now: Date): string =>
  dayWords(lastSeenAt, now) === 'today' ? dayAndTimeWords(lastSeenAt, now) : dayWords(lastSeenAt, now);

export const DEVICE = Object.freeze({
  system: 'System',
  role: 'May',
  reads: 'Can read',
  added: 'Added',
  unknown: 'Not known',
  mayApprove: 'Approve other devices',
  mayNotApprove: 'Use the mailboxes, and approve no others',
  readsAll: 'The mail of all your mailboxes',
  readsNothingNow: 'Nothing new until it is resumed',
  readsNoMore: 'Nothing new; what it had, it may have kept',
  remove: 'Remove…',
  suspend: 'Suspend now',
  suspendMeans: '“Suspend now” stops it at once from getting anything new, until you resume it or remove it.',
  resume: 'Resume',
  resumeMeans: 'It is suspended: it gets nothing new. “Resume” lets it in again, with what it missed.',
  lastSeen: 'Last seen',
  cannot: 'To remove a device, use one that may approve others.',
});

const READS: Readonly<Record<DeviceView['state'], string>> = Object.freeze({
  active: DEVICE.readsAll,
  suspended: DEVICE.readsNothingNow,
  removed: DEVICE.readsNoMore,
});

interface Line {
  readonly name: string;
  readonly value: string;
}

/** What is known of a device, in the words of a person. */
export function deviceLines(device: DeviceView, now: Date): readonly Line[] {
  const { addedAt, lastSeenAt, state } = device;
  return [
    { name: DEVICE.system, value: systemName(device.platform) || DEVICE.unknown },
    ...(state === 'removed'
      ? []
      : [{ name: DEVICE.role, value: device.mayApprove ? DEVICE.mayApprove : DEVICE.mayNotApprove }]),
    { name: DEVICE.reads, value: READS[state] },
    { name: DEVICE.added, value: addedAt === null ? DEVICE.unknown : dateWords(addedAt) },
    ...(device.isThis || lastSeenAt === null ? [] : [{ name: DEVICE.lastSeen, value: seenWords(lastSeenAt, now) }]),
  ];
}

export const deviceFacts = ({ id, platform, addedAt }: DeviceView) => [
  { name: 'device', value: id },
  { name: 'says it runs on', value: platform },
  ...(addedAt === null ? [] : [{ name: 'added at', value: addedAt }]),
];

export const REMOVE_DEVICE = Object.freeze({
  heading: (name: string): string => `Remove ${name}?`,
  learnsNothing: 'It learns nothing new from now on. What it has read or copied, it may keep.',
  newFile: 'The people who write to you encrypted need a new file from you. Endymail reminds you.',
  lost: 'If it was lost or stolen, change the passwords of your mailboxes too.',
  needsWords:
    'This device may approve others, so removing it takes your recovery words, or three days in which it can be cancelled.',
  words: 'Recovery words',
  wordsHint: 'All 24 words, in their order, from your paper.',
  announce: 'Remove in three days',
  announceMeans:
    'Without the words, “Remove in three days” announces it on all your devices. It is done after 72 hours, and can be cancelled until then.',
  confirm: 'Remove',
  working: 'Removing…',
  done: (name: string): string => `${name} is removed`,
  doneSub: 'It learns nothing new from now on.',
  tasks: 'Left for you to do:',
  tasksStay: 'They stay in the list on Home until you say that they are done.',
  announced: (name: string): string => `${name} will be removed`,
  announcedMeans: 'All your devices show it, and it can be cancelled on each that may approve others.',
});

/** What removing does to the mailboxes. */
export const newKeysWords = (mailboxes: number): string =>
  mailboxes === 0
    ? 'No mailbox needs new keys.'
    : `${counted(mailboxes, 'mailbox gets', 'mailboxes get')} new keys. Old mail stays readable on your other devices.`;

export const renewedWords = (renewed: readonly string[]): string =>
  renewed.length === 0 ? '' : `New keys were made for ${namesWords(renewed)}.`;

/** When something that was announced is done. */
export const holdsFromWords = (holdsFrom: string, now: Date): string =>
  `It is done after ${dayAndTimeWords(holdsFrom, now)}.`;

export const ACTS = Object.freeze({ title: 'Announced', cancel: 'Cancel it' });

export const actTitle = (name: string): string => `${name || DEVICES.unnamed} is about to be removed`;

/** Who announced it, when it is done, and who may call it off. */
export const actSub = ({ byName, holdsFrom, mayCancel }: ActView, now: Date): string =>
  [
    `Announced on ${byName || DEVICES.unnamed}.`,
    holdsFromWords(holdsFrom, now),
    mayCancel ? 'If that was not you, cancel it.' : 'An older device of yours can cancel it.',
  ].join(' ');

export const TASKS = Object.freeze({ title: 'Left for you', done: 'Done' });

/** Which device it is about, and which mailboxes. */
export const taskSub = ({ code, deviceName: name, addresses }: TaskView): string =>
  code === 'invited-device'
    ? 'Anyone who had the link could use it, once.'
    : [`Because ${name || DEVICES.unnamed} was removed`, namesWords(addresses)].filter(Boolean).join(': ');

/** Whether this computer has what the others have, and since when not. */
export function sharedAsOf({ asOf, problem }: SyncView, now: Date): string {
  const when = asOf === null ? 'never' : momentWords(asOf, now);
  return problem === null ? `Up to date as of ${when}.` : `${failureText(problem).says} Last up to date: ${when}.`;
}

/** What was left out because it had no right to be there, by the device that wrote it. */
export function ignoredWords(ignored: SyncView['ignored'], devices: readonly DeviceView[]): readonly string[] {
  return ignored.map(({ deviceId, count }) => {
    const device = devices.find(({ id }) => id === deviceId);
    const who = device === undefined ? 'a device that this one does not know' : deviceName(device);
    return `${counted(count, 'change', 'changes')} from ${who} had no right to be there and ${count === 1 ? 'was' : 'were'} left out.`;
  });
}
