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
