import { failure, ok } from '@endymail/shared/result';
import { account, device, hexId, otherDevice, pendingDevice, waitingJoin } from './accounts.ts';
import { MIRA } from './mailboxes.ts';
import type { Scene } from './scene.ts';
import { rows, view } from './values.ts';

const mailboxes = rows([{ ...MIRA, state: 'protected' }]);
const DEVICES = [device(), otherDevice(2)];

/** One state of every slice of account and devices. */
export const ACCOUNT_SLICE_SCENES = {
  'slice-account': {
    view: view({ mailboxes, account: account(), devices: DEVICES }),
    route: { screen: 'account' },
  },
  'slice-devices': {
    view: view({ mailboxes, account: account(), devices: DEVICES }),
    route: { screen: 'devices' },
  },
  'slice-pending': {
    view: view({
      mailboxes,
      account: account(),
      devices: [device()],
      pending: { devices: [pendingDevice(1), pendingDevice(2)], answered: null },
      attention: [{ kind: 'join-request', id: pendingDevice(1).id }],
    }),
    handlers: ({ view: shown, change }) => ({
      approve: ([id]) => {
        const approved = otherDevice(9, { name: 'Mira’s desktop' });
        const left = shown().pending.devices.filter((one) => one.id !== id);
        change({
          pending: { devices: left, answered: { kind: 'approved', id, device: approved } },
          devices: [...shown().devices, approved],
          attention: [],
        });
        return Promise.resolve(ok({ device: approved }));
      },
    }),
  },
  'slice-pending-failed': {
    view: view({
      mailboxes,
      account: account(),
      devices: [device()],
      pending: { devices: [], answered: { kind: 'failed', id: hexId(101), why: failure('digits-wrong') } },
    }),
  },
  'slice-joining': { view: view({ mailboxes, joining: waitingJoin() }), route: { screen: 'join' } },
  'slice-joining-ended': {
    view: view({
      mailboxes,
      joining: { kind: 'ended', name: 'mira@mesh.example.org', why: failure('join-digits') },
    }),
    route: { screen: 'join' },
  },
  'slice-invitation': {
    view: view({
      mailboxes,
      account: account(),
      devices: [device()],
      invitation: { expiresAt: '2026-11-25T14:40:00.000Z', joined: null },
    }),
    route: { screen: 'devices' },
    handlers: () => ({
      invite: () =>
        Promise.resolve(
          ok({
            link: `mesh:mira@mesh.example.org#${'A'.repeat(86)}.${'B'.repeat(22)}`,
            expiresAt: '2026-11-25T14:40:00.000Z',
          }),
        ),
    }),
  },
  'slice-invited-to': {
    view: view({ mailboxes, invitedTo: { name: 'mira@mesh.example.org' } }),
    route: { screen: 'join' },
  },
} satisfies Record<string, Scene>;
