import { expect, it } from 'vitest';
import { failure } from '@endymail/shared/result';
import { account, ID, OTHER_ID, pendingDevice } from '../testing/accounts.ts';
import { accountAttention } from './account.ts';

const NOBODY = { devices: [], answered: null };

it('each device that asks is one thing, but the one that is being answered', () => {
  const devices = [pendingDevice(ID), pendingDevice(OTHER_ID)];
  const { first } = accountAttention({
    account: account(),
    pending: { devices, answered: { kind: 'approving', id: ID } },
  });
  expect(first).toEqual([{ kind: 'join-request', id: OTHER_ID }]);
});

it.each([
  [account({ standing: 'removed' }), 'account-removed'],
  [account({ standing: 'copied' }), 'account-copied'],
  [account({ sync: { ...account().sync, problem: failure('mesh-certificate') } }), 'mesh-certificate'],
  [account({ sync: { ...account().sync, problem: failure('mesh-lied') } }), 'mesh-lied'],
])('a computer that can not share any more says so: %#', (one, code) => {
  expect(accountAttention({ account: one, pending: NOBODY }).first).toMatchObject([
    { kind: 'account', failure: { code } },
  ]);
});

it('what goes away by itself needs nobody', () => {
  const offline = account({ sync: { ...account().sync, problem: failure('mesh-offline') } });
  expect(accountAttention({ account: offline, pending: NOBODY })).toEqual({ first: [], last: [] });
  expect(accountAttention({ account: null, pending: NOBODY })).toEqual({ first: [], last: [] });
});

it('the recovery words are asked for until they are written down', () => {
  const { last } = accountAttention({ account: account({ words: 'to-be-written-down' }), pending: NOBODY });
  expect(last).toEqual([{ kind: 'write-words' }]);
});

it('what was announced comes first, what is left to do has time', () => {
  const act = {
    id: 'a1',
    kind: 'remove-device',
    deviceId: OTHER_ID,
    deviceName: 'desktop',
    byId: ID,
    byName: 'laptop',
    announcedAt: '2026-01-02T03:00:00.000Z',
    holdsFrom: '2026-01-05T03:00:00.000Z',
    mayCancel: true,
  } as const;
  const task = {
    id: 't1',
    code: 'change-passwords',
    says: 'Change the passwords.',
    deviceName: 'desktop',
    addresses: [],
    at: '2026-01-02T03:00:00.000Z',
  } as const;
  const { first, last } = accountAttention({ account: account({ acts: [act], tasks: [task] }), pending: NOBODY });
  expect(first).toEqual([
    { kind: 'act-waits', id: 'a1', deviceName: 'desktop', holdsFrom: act.holdsFrom, mayCancel: true },
  ]);
  expect(last).toEqual([{ kind: 'task', id: 't1', says: 'Change the passwords.' }]);
});
