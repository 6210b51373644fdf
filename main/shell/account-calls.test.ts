import { expect, it, vi } from 'vitest';
import { err, failure, ok, Redacted } from '@endymail/shared/result';
import { account, device, ID, OTHER_ID, pendingDevice } from './testing/accounts.ts';
import { accountShell, NOW } from './testing/account-shell.ts';

const DIGITS = '123456';
const LINK = `mesh:bob@mesh.example.test#${'A'.repeat(86)}.${'B'.repeat(22)}`;
const WORDS = Array.from({ length: 24 }, (_, index) => `word${index + 1}`);
const at = (position: number, word: string) => ({ position, word });

it('approving says what goes on, and ends on the device that was added', async () => {
  const added = device({ id: OTHER_ID, name: 'desktop', isThis: false });
  const approve = vi.fn(() => {
    expect(shell.view().pending.answered).toEqual({ kind: 'approving', id: ID });
    return Promise.resolve(ok({ device: added }));
  });
  const shell = accountShell({ approve });
  shell.follower.show({ pending: { devices: [pendingDevice(ID)], answered: null } });
  expect(await shell.calls.approve(ID, DIGITS, { mayApprove: false })).toEqual(ok({ device: added }));
  expect(shell.view().pending).toEqual({ devices: [], answered: { kind: 'approved', id: ID, device: added } });
  await shell.calls.dismissAnswer();
  expect(shell.view().pending.answered).toBeNull();
});

it.each([
  ['digits-wrong', { kind: 'failed', id: ID, why: { code: 'digits-wrong' } }],
  ['request-unknown', { kind: 'failed', id: ID, why: { code: 'request-unknown' } }],
  ['approve-unanswered', { kind: 'unanswered', id: ID }],
  ['digits-invalid', null],
] as const)('an approval that ends with %s is shown as what it is', async (code, shown) => {
  const { calls, view } = accountShell({ approve: () => Promise.resolve(err(failure(code))) });
  expect(await calls.approve(ID, DIGITS, { mayApprove: true })).toMatchObject({ error: { code } });
  const { answered } = view().pending;
  if (shown === null) expect(answered).toBeNull();
  else expect(answered).toMatchObject(shown);
});

it('a device that is refused asks no more', async () => {
  const shell = accountShell({ reject: () => Promise.resolve(ok()) });
  shell.follower.show({ pending: { devices: [pendingDevice(ID), pendingDevice(OTHER_ID)], answered: null } });
  await shell.calls.reject(ID);
  expect(shell.view().pending.answered).toEqual({ kind: 'rejected', id: ID });
});

it('[SEC-137] the words are compared here, so that the page need not keep them', async () => {
  const confirmWords = vi.fn(() => Promise.resolve(ok()));
  const words = () => Promise.resolve(ok(new Redacted(WORDS.join(' '))));
  const { calls } = accountShell({ words, confirmWords });
  expect(await calls.accountWords()).toEqual(ok(WORDS));
  const wrong = await calls.accountConfirmWords([at(1, 'word1'), at(2, 'word3'), at(24, 'word24')]);
  expect(wrong).toMatchObject({ error: { code: 'words-wrong' } });
  expect(confirmWords).not.toHaveBeenCalled();
  expect(await calls.accountConfirmWords([at(1, ' WORD1'), at(2, 'word2'), at(24, 'word24 ')])).toEqual(ok(undefined));
  expect(confirmWords).toHaveBeenCalledOnce();
});

it('[SEC-135] a link is kept here, shown by the name of its account alone, and joined by only when the person says so', async () => {
  const join = vi.fn(() => Promise.resolve(ok({ kind: 'confirming', name: 'bob@mesh.example.test' } as const)));
  const { calls, view } = accountShell({ join });
  expect(await calls.readLink(LINK)).toEqual(ok(undefined));
  expect(view().invitedTo).toEqual({ name: 'bob@mesh.example.test' });
  expect(JSON.stringify(view())).not.toContain('AAAA');
  expect(join).not.toHaveBeenCalled();
  expect(await calls.joinByLink()).toMatchObject({ ok: true });
  expect(join).toHaveBeenCalledOnce();
  expect(view().invitedTo).toBeNull();
});

it.each(['', 'mesh:', 'mesh:nobody#x', 'mesh:bob@mesh.example.test', `mesh:b b#${'A'.repeat(9)}`, 'https://x#y'])(
  '[SEC-135] %j is no invitation',
  async (link) => {
    const { calls, view } = accountShell({});
    expect(await calls.readLink(link)).toMatchObject({ error: { code: 'invitation-invalid' } });
    expect(view().invitedTo).toBeNull();
  },
);

it('[SEC-135] a link leads nowhere where there is an account already, and is not kept', async () => {
  const join = vi.fn();
  const { calls, follower, invitations } = accountShell({ join });
  follower.show({ account: account() });
  expect(invitations.hold(LINK)).toEqual(ok(undefined));
  expect(invitations.held()).toBeNull();
  expect(await calls.joinByLink()).toMatchObject({ error: { code: 'account-exists' } });
  expect(await calls.readLink(LINK)).toMatchObject({ error: { code: 'account-exists' } });
  expect(join).not.toHaveBeenCalled();
});

it('[SEC-136] the link of an invitation goes to the screen that asks for it, and is not part of what is shown', async () => {
  const expiresAt = new Date(NOW.getTime() + 600_000).toISOString();
  const invite = vi.fn(() => Promise.resolve(ok({ link: new Redacted(LINK), expiresAt })));
  const { calls, view, writeText, follower } = accountShell({ invite });
  expect(await calls.copyInvitation()).toMatchObject({ error: { code: 'invitation-expired' } });
  expect(await calls.invite()).toEqual(ok({ link: LINK, expiresAt }));
  expect(await calls.invite()).toEqual(ok({ link: LINK, expiresAt }));
  expect(invite).toHaveBeenCalledOnce();
  expect(view().invitation).toEqual({ expiresAt, joined: null });
  expect(JSON.stringify(view())).not.toContain('AAAA');
  await calls.copyInvitation();
  expect(writeText).toHaveBeenCalledExactlyOnceWith(LINK);

  follower.show({ invitation: { expiresAt: NOW.toISOString(), joined: null } });
  expect(await calls.copyInvitation()).toMatchObject({ error: { code: 'invitation-expired' } });
  await calls.dismissInvitation();
  expect(view().invitation).toBeNull();
});

it('how joining ended is forgotten by the agent too once it was read', async () => {
  const giveUp = vi.fn(() => Promise.resolve(ok()));
  const { calls, follower, view } = accountShell({ giveUp });
  follower.show({ joining: { kind: 'ended', name: 'a@b.test', why: failure('join-expired') } });
  await calls.dismissJoining();
  expect(giveUp).toHaveBeenCalledOnce();
  expect(view().joining).toBeNull();
  follower.show({ joining: { kind: 'joined', account: account() } });
  await calls.dismissJoining();
  expect(giveUp).toHaveBeenCalledOnce();
});

it('[SEC-137] words that bring an account back go to the agent wrapped, and what they would bring is shown first', async () => {
  const asOf = { mark: '12-3f2a', at: '2026-01-02T00:00:00.000Z' };
  const preview = { name: 'a@b.test', fingerprint: 'kzqf', asOf, devices: [{ ...device(), lastActiveAt: null }] };
  const recoverPreview = vi.fn((kit: { words: Redacted<string> }) => {
    expect(kit.words).toBeInstanceOf(Redacted);
    return Promise.resolve(ok(preview));
  });
  const back = { account: account(), removed: [], renewed: [], tasks: [] };
  const recover = vi.fn(() => Promise.resolve(ok(back)));
  const { calls } = accountShell({ recoverPreview, recover });
  const paper = { name: 'a@b.test', words: WORDS.join(' '), mark: '12-3f2a' };
  expect(await calls.recoverPreview(paper)).toMatchObject(ok({ asOf: asOf.at, devices: [{ name: 'laptop' }] }));
  expect(await calls.recover(paper, [ID])).toMatchObject({ ok: true });
  expect(recover).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ mark: '12-3f2a' }), { keep: [ID] });
});

it('an account is made where the person said', async () => {
  const create = vi.fn(() => Promise.resolve(ok(account())));
  const { calls } = accountShell({ create });
  expect(await calls.accountCreate({ name: 'bob', where: 'here' })).toMatchObject({ ok: true });
  expect(create).toHaveBeenCalledWith('bob', 'here');
});

it('an account that is kept here is reachable as the person says, and its service is believed by what they compared', async () => {
  const setReachable = vi.fn(() => Promise.resolve(ok(account())));
  const trustCertificate = vi.fn(() => Promise.resolve(err(failure('service-certificate-changed'))));
  const certificate = () => Promise.resolve(ok({ known: 'aaaa', shown: 'bbbb' }));
  const { calls } = accountShell({ setReachable, certificate, trustCertificate });
  expect(await calls.accountReachable(true)).toEqual(ok(undefined));
  expect(setReachable).toHaveBeenCalledWith(true);
  expect(await calls.serviceCertificate()).toEqual(ok({ known: 'aaaa', shown: 'bbbb' }));
  expect(await calls.trustCertificate('bbbb')).toMatchObject({ error: { code: 'service-certificate-changed' } });
  expect(trustCertificate).toHaveBeenCalledWith('bbbb');
});

it('a request that wrong digits have ended asks no more, although its list was not looked at since', async () => {
  const over = accountShell({
    approve: () => Promise.resolve(err(failure('digits-wrong'))),
    show: () => new Promise(() => undefined),
  });
  over.follower.show({ pending: { devices: [pendingDevice(ID)], answered: null } });
  void over.calls.approve(ID, DIGITS, { mayApprove: false });
  await vi.waitFor(() => {
    expect(over.view().pending).toMatchObject({ devices: [], answered: { kind: 'failed' } });
  });
});

it('without the words, one that may approve others is announced instead of removed; with wrong ones it is not', async () => {
  const other = device({ id: OTHER_ID, name: 'desktop', isThis: false });
  const holdsFrom = '2026-01-05T03:04:05.000Z';
  const remove = vi.fn(() => Promise.resolve(err(failure('device-needs-words'))));
  const announced = {
    id: 'a1',
    kind: 'remove-device',
    deviceId: OTHER_ID,
    deviceName: 'desktop',
    byId: ID,
    byName: 'laptop',
    announcedAt: NOW.toISOString(),
    holdsFrom,
    mayCancel: true,
  } as const;
  const announceRemoval = vi.fn(() => Promise.resolve(ok(announced)));
  const { calls, follower } = accountShell({
    remove,
    announceRemoval,
    show: () => Promise.resolve(ok(account())),
    devices: () => Promise.resolve(ok([device(), other])),
  });
  await follower.refresh();
  expect(await calls.removeDevice(OTHER_ID, 'word1 word2')).toMatchObject({ error: { code: 'device-needs-words' } });
  expect(announceRemoval).not.toHaveBeenCalled();
  expect(await calls.removeDevice(OTHER_ID, null)).toMatchObject(ok({ kind: 'waits', device: other, holdsFrom }));
});
