import type {
  AccountView,
  ActView,
  DeviceView,
  JoinView,
  PendingDevice,
  PinView,
  RemovedDevice,
  SyncView,
  TaskView,
} from '@endymail/shared/account';

/** What the commands of account and devices say to a person. */

export function accountWords(account: AccountView): string {
  return [
    `Account      ${account.name}`,
    `Fingerprint  ${account.fingerprint}`,
    `Kept at      ${account.service.kind === 'here' ? 'this computer' : account.service.address}`,
    ...pinWords(account.pin).map((words) => `Certificate  ${words}`),
    `This device  ${deviceName(account.device)}${account.device.mayApprove ? ', may approve others' : ''}`,
    `As of        ${asOfWords(account.sync)}`,
    ...standingWords(account),
    ...hereWords(account),
    ...account.acts.map(actWords),
    ...tasksWords(account.tasks),
  ].join('\n');
}

/** What a service without a certificate from elsewhere is known by, and by whose word. */
function pinWords(pin: PinView | null): readonly string[] {
  if (pin === null) return [];
  const why: Readonly<Record<PinView['how'], string>> = {
    'first-use': 'nobody vouches for it, and it was taken as it was the first time',
    invitation: 'as the invitation said',
    exchange: 'your other device sees the same',
    own: 'of this computer',
  };
  return [`${pin.fingerprint} (${why[pin.how]})`];
}

function hereWords({ here }: AccountView): readonly string[] {
  if (here === null) return [];
  if (here.names.length === 0) {
    return ['', 'Your other devices can not reach it. To let them: endymail account reachable on'];
  }
  return [
    '',
    `Your other devices reach it in the same network as ${here.names.join(', or as ')}`,
    'while this computer is on and Endymail runs on it: endymail serve, or its window.',
  ];
}

function actWords({ deviceName: name, byName, holdsFrom, deviceId, mayCancel }: ActView): string {
  const keep = mayCancel ? ` If that is wrong: endymail device keep ${deviceId.slice(0, SHORT_ID_CHARS)}` : '';
  return `! “${byName}” has announced that “${name}” is removed on ${localTime(holdsFrom)}.${keep}`;
}

const tasksWords = (tasks: readonly TaskView[]): readonly string[] =>
  tasks.length === 0
    ? []
    : [
        '',
        'Left for you to do (endymail account task-done <number>):',
        ...tasks.map(({ says }, index) => `  ${String(index + 1)}  ${says}`),
      ];

export const announcedWords = ({ deviceName: name, holdsFrom }: ActView): string =>
  [
    `Announced on all your devices: “${name}” is removed on ${localTime(holdsFrom)}, by this computer, if nobody calls it off.`,
    'To keep it from learning anything new until then: endymail device suspend.',
  ].join('\n');

function standingWords({ standing, words, device }: AccountView): readonly string[] {
  if (standing === 'removed') return ['', '! This device was removed from the account by another device.'];
  if (standing === 'copied') return ['', '! The data of this computer is in use on another computer too.'];
  if (device.state === 'suspended') return ['', '! Another device has suspended this one: it gets nothing new.'];
  return words === 'to-be-written-down' ? ['', ...REMINDER] : [];
}

const REMINDER = [
  '! If this computer is lost now, so is the account. Write down the recovery words: endymail account words,',
  '  or add a second device: endymail device request on it.',
] as const;

export function asOfWords({ asOf, unsent, problem, ignored }: SyncView): string {
  const skipped = ignored.reduce((sum, { count }) => sum + count, 0);
  return [
    asOf === null ? 'never' : localTime(asOf),
    ...(unsent > 0 ? [`${String(unsent)} changes not sent yet`] : []),
    ...(problem === null ? [] : [problem.message]),
    ...(skipped > 0 ? [`${String(skipped)} entries that had no right to be there were left out`] : []),
  ].join('; ');
}

export function devicesWords(devices: readonly DeviceView[]): string {
  const width = Math.max(...devices.map((device) => deviceName(device).length));
  return devices
    .map((device) => {
      const facts = [
        ...(device.isThis ? ['this device'] : []),
        ...(device.state === 'active' ? [] : [device.state]),
        ...(device.mayApprove ? ['may approve others'] : []),
        ...(device.byInvitation ? ['by an invitation'] : []),
        ...(device.addedAt === null ? [] : [`added ${device.addedAt.slice(0, 10)}`]),
        ...(device.lastSeenAt === null ? [] : [`last wrote ${device.lastSeenAt.slice(0, 10)}`]),
      ];
      return `${deviceName(device).padEnd(width)}  ${device.id.slice(0, SHORT_ID_CHARS)}  ${facts.join(', ')}`;
    })
    .join('\n');
}

export function pendingWords(pending: readonly PendingDevice[]): string {
  if (pending.length === 0) return 'No device asks to join.';
  return [
    ...pending.map(({ id, askedAt }) => `${id.slice(0, SHORT_ID_CHARS)}  asked at ${localTime(askedAt)}`),
    '',
    'Approve one only if it is in front of you: endymail device approve <id> --digits <the six it shows>',
    'If it was not you: endymail device reject <id>',
  ].join('\n');
}

export function joinWords(view: JoinView): string {
  switch (view.kind) {
    case 'waiting':
      return view.digits === null
        ? `Waiting for a device of ${view.name} to answer.`
        : [
            ...pinWords(view.pin).map((words) => `Certificate of the mesh service: ${words}`),
            `Type these digits on a device of ${view.name}:`,
            '',
            `    ${view.digits.slice(0, 3)} ${view.digits.slice(3)}`,
            '',
            'There: endymail device approve --digits <the six>. They hold for an hour. Tell them to nobody.',
          ].join('\n');
    case 'confirming':
      return `The other device has answered. Joining ${view.name} …`;
    case 'joined':
      return `This computer belongs to ${view.account.name} now.`;
    case 'ended':
      return `${view.why.message}\n${view.why.advice}`;
  }
}

export function removedWords({ device, renewed, tasks }: RemovedDevice): string {
  return [
    `${deviceName(device)} was removed. It learns nothing new from now on; what it had, it may have kept.`,
    ...(renewed.length > 0 ? [`New keys were made for: ${renewed.join(', ')}`] : []),
    ...tasks.map((task) => `! ${task}`),
  ].join('\n');
}

/** As many letters of an id as a person needs to type. */
const SHORT_ID_CHARS = 12;

export const deviceName = ({ name, id }: DeviceView): string => (name === '' ? id.slice(0, SHORT_ID_CHARS) : name);

export const localTime = (iso: string): string => new Date(iso).toLocaleString(undefined, { timeZoneName: 'short' });
