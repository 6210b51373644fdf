import type { ActView, DeviceView } from '@endymail/shared/account';
import type { AppView } from '@endymail/shared/ipc';
import { err, failure, ok, type FailureCode } from '@endymail/shared/result';
import type { FakeHandlers } from '../fake-window.ts';
import { account, device, hexId, otherDevice, pendingDevice } from './accounts.ts';
import { MIRA, POTS } from './mailboxes.ts';
import { PEOPLE } from './people.ts';
import type { Scene } from './scene.ts';
import { rows, view } from './values.ts';

const MAC = otherDevice(2, { name: 'MacBook Air', platform: 'darwin', addedAt: '2026-11-25T14:29:00.000Z' });
const TOWER = otherDevice(3, { name: 'Tower in the study', platform: 'win32', mayApprove: true });
const OLD = otherDevice(4, { name: 'Old netbook', state: 'removed' });

const withAccount = (changed: Partial<AppView> = {}): AppView =>
  view({
    mailboxes: rows([
      { ...MIRA, state: 'protected' },
      { ...POTS, state: 'protected' },
    ]),
    people: PEOPLE,
    account: account(),
    devices: [device(), TOWER],
    ...changed,
  });

type Answered = AppView['pending']['answered'];

/** How the agent answers to an approval and to *It was not me*. */
const answering =
  (answerOf: (id: string) => NonNullable<Answered>): FakeHandlers =>
  ({ view: now, change }) => {
    const answer = (id: string, answered: NonNullable<Answered>): void => {
      const devices = now().pending.devices.filter((one) => one.id !== id);
      change({ pending: { devices, answered }, attention: [] });
      if (answered.kind === 'approved') change({ devices: [...now().devices, answered.device] });
    };
    return {
      approve: ([id]) => {
        const answered = answerOf(id);
        answer(id, answered);
        return Promise.resolve(
          answered.kind === 'approved' ? ok({ device: answered.device }) : err(failure('digits-wrong')),
        );
      },
      reject: ([id]) => {
        answer(id, { kind: 'rejected', id });
        return Promise.resolve(ok(undefined));
      },
      dismissAnswer: () => {
        change({ pending: { ...now().pending, answered: null } });
        return Promise.resolve(ok(undefined));
      },
      removeDevice: removing,
    };
  };

const removing: NonNullable<ReturnType<FakeHandlers>['removeDevice']> = ([id, words]) => {
  const wanted = [MAC, TOWER].find((one) => one.id === id) ?? TOWER;
  if (wanted.mayApprove && words === null) {
    return Promise.resolve(ok({ kind: 'waits', device: wanted, holdsFrom: '2026-11-28T14:30:00.000Z' }));
  }
  if (words?.reveal() === 'wrong') return Promise.resolve(err(failure('words-wrong')));
  return Promise.resolve(
    ok({
      kind: 'removed',
      device: { ...wanted, state: 'removed' },
      renewed: [MIRA.address, POTS.address],
      tasks: ['Give Ines Okafor your new file.', 'Change the password of mira@halvorsen.example.'],
    }),
  );
};

const approved = answering((id) => ({ kind: 'approved', id, device: MAC }));

/** A device asks, over a screen of the window. */
const asks = (requests: number, changed: Partial<Scene> = {}): Scene => ({
  view: withAccount({
    pending: { devices: Array.from({ length: requests }, (_, index) => pendingDevice(index + 1)), answered: null },
    attention: [{ kind: 'join-request', id: hexId(101) }],
  }),
  handlers: approved,
  ...changed,
});

const answered = (how: NonNullable<Answered>, handlers: FakeHandlers = approved): Scene => ({
  view: withAccount({ pending: { devices: [], answered: how } }),
  handlers,
});

const failed = (code: FailureCode): Scene => answered({ kind: 'failed', id: hexId(101), why: failure(code) });

const LINK = `mesh:mira@mesh.example.org#${'A1b2'.repeat(21)}.${'C3d4'.repeat(5)}`;

const inviting: FakeHandlers = ({ change }) => ({
  invite: () => {
    const expiresAt = new Date(Date.now() + INVITATION_MS).toISOString();
    change({ invitation: { expiresAt, joined: null } });
    return Promise.resolve(ok({ link: LINK, expiresAt }));
  },
  dismissInvitation: () => {
    change({ invitation: null });
    return Promise.resolve(ok(undefined));
  },
  removeDevice: removing,
});

const INVITATION_MS = 600_000;

const devicesScene = (changed: Partial<AppView>, handlers?: FakeHandlers): Scene => ({
  view: withAccount(changed),
  route: { screen: 'devices' },
  handlers: handlers ?? (() => ({ removeDevice: removing })),
});

const act = (id: string, { id: deviceId, name }: DeviceView, mayCancel: boolean): ActView => ({
  id,
  kind: 'remove-device',
  deviceId,
  deviceName: name,
  byId: device().id,
  byName: device().name,
  announcedAt: '2026-11-25T14:30:00.000Z',
  holdsFrom: '2026-11-28T14:30:00.000Z',
  mayCancel,
});

const LONG_NAME = 'The computer in the office of the treasurer of the rowing club, on the first floor, to the left';

/** Devices that ask, belong, wait, were removed; and an invitation. */
export const DEVICE_SCENES = {
  prompt: asks(1),
  'prompt-more': asks(3),
  'prompt-over-people': asks(1, { route: { screen: 'people' } }),
  'prompt-wrong-digits': {
    ...asks(1),
    handlers: answering((id) => ({ kind: 'failed', id, why: failure('digits-wrong') })),
  },
  'prompt-slow': {
    ...asks(1),
    handlers: () => ({ approve: () => new Promise<never>(() => undefined) }),
  },
  'prompt-unanswered': answered({ kind: 'unanswered', id: hexId(101) }),
  'prompt-failed': failed('digits-wrong'),
  'prompt-limit': failed('approve-limit'),
  'prompt-rejected': answered({ kind: 'rejected', id: hexId(101) }),
  'prompt-joined': answered({ kind: 'approved', id: hexId(101), device: { ...MAC, mayApprove: true } }),
  'prompt-joined-long': answered({ kind: 'approved', id: hexId(101), device: { ...MAC, name: LONG_NAME } }),

  'home-devices': {
    view: withAccount({
      attention: [
        {
          kind: 'act-waits',
          id: 'act-1',
          deviceName: TOWER.name,
          holdsFrom: '2026-11-28T14:30:00.000Z',
          mayCancel: true,
        },
      ],
    }),
  },
  devices: devicesScene({ devices: [device(), MAC, TOWER, OLD] }),
  'devices-only-this': devicesScene({
    devices: [device()],
    account: account({ words: 'to-be-written-down' }),
  }),
  'devices-asking': devicesScene(
    { pending: { devices: [pendingDevice(1), pendingDevice(2)], answered: null } },
    approved,
  ),
  'devices-50': devicesScene({
    devices: [
      device(),
      ...Array.from({ length: 49 }, (_, index) =>
        otherDevice(index + 2, { state: index % 3 === 0 ? 'removed' : 'active' }),
      ),
    ],
  }),
  'devices-long': devicesScene({ devices: [device(), { ...MAC, name: LONG_NAME }, otherDevice(9, { name: '' })] }),
  'devices-not-admin': devicesScene({
    devices: [device({ mayApprove: false }), TOWER],
    account: account({ device: device({ mayApprove: false }) }),
  }),
  'devices-suspended': devicesScene({
    devices: [device(), { ...MAC, state: 'suspended', lastSeenAt: '2026-11-24T08:12:00.000Z' }, TOWER],
  }),
  'devices-waiting': devicesScene({
    account: account({
      acts: [act('act-1', TOWER, true), act('act-2', MAC, false)],
      tasks: [
        {
          id: 'task-1',
          code: 'give-new-files',
          says: 'Give your new file to the people who write to you encrypted.',
          deviceName: OLD.name,
          addresses: [MIRA.address],
          at: '2026-11-25T14:00:00.000Z',
        },
      ],
    }),
    attention: [
      {
        kind: 'act-waits',
        id: 'act-1',
        deviceName: TOWER.name,
        holdsFrom: '2026-11-28T14:30:00.000Z',
        mayCancel: true,
      },
      { kind: 'act-waits', id: 'act-2', deviceName: MAC.name, holdsFrom: '2026-11-28T15:30:00.000Z', mayCancel: false },
      { kind: 'task', id: 'task-1', says: 'Give your new file to the people who write to you encrypted.' },
    ],
  }),
  'devices-offline': devicesScene({
    account: account({
      sync: {
        asOf: '2026-11-24T18:00:00.000Z',
        unsent: 2,
        problem: failure('mesh-offline'),
        confirmedAt: null,
        ignored: [{ deviceId: TOWER.id, count: 3 }],
      },
    }),
  }),
  'devices-certificate': devicesScene({
    account: account({ sync: { ...account().sync, problem: failure('mesh-certificate') } }),
  }),
  'devices-no-account': {
    view: view({ mailboxes: rows([{ ...MIRA, state: 'protected' }]) }),
    route: { screen: 'devices' },
  },

  'add-device': { view: withAccount(), route: { screen: 'add-device' }, handlers: inviting },
  'add-device-joined': {
    view: withAccount({ invitation: { expiresAt: '2026-11-25T14:40:00.000Z', joined: MAC } }),
    route: { screen: 'add-device' },
    handlers: inviting,
  },
} satisfies Record<string, Scene>;
