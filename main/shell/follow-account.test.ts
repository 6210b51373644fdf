import { expect, it, vi } from 'vitest';
import { err, failure, ok } from '@endymail/shared/result';
import { account, device, ID, OTHER_ID, pendingDevice } from './testing/accounts.ts';
import { accountShell } from './testing/account-shell.ts';

const other = device({ id: OTHER_ID, name: 'desktop', isThis: false, mayApprove: false });

it('shows account, devices, and those that ask, the first to ask first', async () => {
  const { follower, view } = accountShell({
    show: () => Promise.resolve(ok(account())),
    devices: () => Promise.resolve(ok([device(), other])),
    pending: () =>
      Promise.resolve(ok([pendingDevice(OTHER_ID, '2026-01-02T03:02:00Z'), pendingDevice(ID, '2026-01-02T03:01:00Z')])),
  });
  await follower.refresh();
  expect(view()).toMatchObject({ account: account(), devices: [device(), other], joining: null });
  await vi.waitFor(() => {
    expect(view().pending.devices.map(({ id }) => id)).toEqual([ID, OTHER_ID]);
  });
  expect(view().attention.map(({ kind }) => kind)).toEqual(['join-request', 'join-request']);
});

it('shows the account while its devices are still to come', async () => {
  const { follower, view } = accountShell({
    show: () => Promise.resolve(ok(account())),
    devices: () => new Promise(() => undefined),
  });
  void follower.refresh();
  await vi.waitFor(() => {
    expect(view().account).toEqual(account());
  });
});

it('[SEC-138] finds a device that asks although nobody tells of it', async () => {
  const pending = vi.fn(() => Promise.resolve(ok([pendingDevice(ID)])));
  const { follower, view, every } = accountShell({ show: () => Promise.resolve(ok(account())) });
  await follower.refresh();
  const polled = accountShell({ show: () => Promise.resolve(ok(account())), pending });
  polled.follower.show({ agent: { state: 'ready' }, account: account() });
  expect(view().pending.devices).toEqual([]);
  expect(every).toHaveBeenCalledOnce();
  polled.every.mock.lastCall?.[1]();
  await vi.waitFor(() => {
    expect(polled.view().pending.devices).toEqual([pendingDevice(ID)]);
  });
});

it('asks for devices that want to join only where it may approve one', async () => {
  const pending = vi.fn(() => Promise.resolve(ok([])));
  for (const one of [account({ standing: 'removed' }), account({ device: device({ mayApprove: false }) })]) {
    const { follower, every } = accountShell({ show: () => Promise.resolve(ok(one)), pending });
    await follower.refresh();
    follower.show({ agent: { state: 'ready' } });
    every.mock.lastCall?.[1]();
  }
  expect(pending).not.toHaveBeenCalled();
});

it('follows its own joining, keeps what was known while the service is silent, and says why', async () => {
  const waiting = {
    kind: 'waiting',
    name: 'a@b.test',
    fingerprint: 'kzqf',
    digits: '123456',
    expiresAt: '2026-01-02T04:00:00Z',
    pin: null,
  } as const;
  const { follower, says, view } = accountShell({ joining: () => Promise.resolve(ok(waiting)) });
  await follower.refresh();
  await vi.waitFor(() => {
    expect(view().joining).toEqual(waiting);
  });
  says.joining = () => Promise.resolve(err(failure('mesh-offline')));
  await follower.refresh();
  await vi.waitFor(() => {
    expect(view().joiningProblem?.code).toBe('mesh-offline');
  });
  expect(view().joining).toEqual(waiting);

  says.show = () => Promise.resolve(ok(account()));
  says.joining = () => Promise.resolve(ok({ kind: 'joined', account: account() }));
  await follower.refresh();
  await vi.waitFor(() => {
    expect(view().joining).toEqual({ kind: 'joined', account: account() });
  });
  expect(view().joiningProblem).toBeNull();
});

it('a member that was not just joining hears nothing of it', async () => {
  const joining = vi.fn();
  const { follower, every } = accountShell({ show: () => Promise.resolve(ok(account())), joining });
  await follower.refresh();
  follower.show({ agent: { state: 'ready' } });
  every.mock.lastCall?.[1]();
  expect(joining).not.toHaveBeenCalled();
});

it('a device that is new ends the approval that was not answered yet, or the invitation', async () => {
  const shell = accountShell({
    show: () => Promise.resolve(ok(account())),
    devices: () => Promise.resolve(ok([device(), other])),
  });
  shell.follower.show({
    devices: [device()],
    pending: { devices: [], answered: { kind: 'unanswered', id: ID } },
    invitation: { expiresAt: '2026-01-02T04:00:00Z', joined: null },
  });
  await shell.follower.refresh();
  expect(shell.view().pending.answered).toEqual({ kind: 'approved', id: ID, device: other });
  expect(shell.view().invitation?.joined).toBeNull();

  shell.follower.show({ devices: [device()] });
  await shell.follower.refresh();
  expect(shell.view().invitation?.joined).toEqual(other);
});

it('while the agent can not say, what was known stands; once everything is removed, nothing does', async () => {
  const shell = accountShell({ show: () => Promise.resolve(err(failure('agent-gone'))) });
  shell.follower.show({ account: account(), devices: [device()] });
  await shell.follower.refresh();
  expect(shell.view().account).toEqual(account());
  shell.follower.listener.status({ kind: 'removed' });
  expect(shell.view()).toMatchObject({ account: null, devices: [] });
});
