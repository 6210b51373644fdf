import { describe, expect, it } from 'vitest';
import type { AccountView, ActView, DeviceView, JoinView, PendingDevice } from '@endymail/shared/account';
import { AGENT_CALLS, ACCOUNT_CALLS, answering, clientOf } from '@endymail/shared/ipc';
import { Redacted, err, failure, ok, type Failure, type Result } from '@endymail/shared/result';
import type { AccountAgent } from '../account/account-agent.ts';
import { codeOf, valueOf } from '../testing/world.ts';
import { accountAnswers } from './account-answers.ts';
import { remoteAccount } from './remote-account.ts';

const ID = 'ab'.repeat(32);
const WORDS = Array.from({ length: 24 }, () => 'umbrella').join(' ');
const LINK = `mesh:alice@mesh.example.org#${'c'.repeat(120)}`;

const DEVICE: DeviceView = {
  id: ID,
  name: 'laptop',
  platform: 'linux',
  addedAt: '2026-11-24T12:00:00.000Z',
  isThis: true,
  mayApprove: true,
  state: 'active',
  lastSeenAt: null,
  byInvitation: false,
};
const ACCOUNT: AccountView = {
  name: 'alice@mesh.example.org',
  fingerprint: 'MAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG',
  service: { kind: 'service', address: 'https://mesh.example.org' },
  pin: null,
  here: null,
  device: DEVICE,
  standing: 'member',
  words: 'to-be-written-down',
  sync: {
    asOf: null,
    unsent: 2,
    problem: failure('mesh-offline'),
    confirmedAt: null,
    ignored: [{ deviceId: ID, count: 1 }],
  },
  acts: [],
  tasks: [],
};
const PENDING: PendingDevice = {
  id: ID,
  fingerprint: ACCOUNT.fingerprint,
  askedAt: '2026-11-24T12:00:00.000Z',
  expiresAt: '2026-11-24T13:00:00.000Z',
};
const WAITING: JoinView = {
  kind: 'waiting',
  name: ACCOUNT.name,
  fingerprint: ACCOUNT.fingerprint,
  digits: '012345',
  expiresAt: '2026-11-24T13:00:00.000Z',
  pin: { fingerprint: 'abcd', how: 'first-use' },
};
const ENDED: JoinView = { kind: 'ended', name: ACCOUNT.name, why: failure('join-digits') };

const INVITATION = { link: new Redacted(LINK), expiresAt: '2026-11-24T12:10:00.000Z' };
const REMOVED = {
  device: { ...DEVICE, state: 'removed' as const },
  renewed: ['alice@example.test'],
  tasks: ['Do it.'],
};

const ACT: ActView = {
  id: '7',
  kind: 'remove-device',
  deviceId: ID,
  deviceName: 'desk',
  byId: ID,
  byName: 'laptop',
  announcedAt: '2026-11-24T12:00:00.000Z',
  holdsFrom: '2026-11-27T12:00:00.000Z',
  mayCancel: false,
};
const MARK = { mark: '3-0123456789abcdef0123', at: '2026-11-24T12:00:00.000Z' };
const PREVIEW = {
  name: ACCOUNT.name,
  fingerprint: ACCOUNT.fingerprint,
  asOf: MARK,
  devices: [DEVICE],
};
const RECOVERED = { account: ACCOUNT, removed: [DEVICE], renewed: ['alice@example.test'], tasks: ['Do it.'] };

/** What an account was asked for, secrets shown as what they are. */
type Asked = readonly [string, ...unknown[]];

const shown = (value: unknown): unknown => (value instanceof Redacted ? { secret: value.reveal() as unknown } : value);

/**
 * An account at the other end of the contract: `near` is the caller's end. `asked` is what reached it, `work` which calls
 * may have made new data, and `wire` everything that crossed.
 */
function acrossTheContract(more: Partial<AccountAgent> = {}) {
  const asked: Asked[] = [];
  const work: string[] = [];
  const wire: string[] = [];
  const answers =
    <T>(name: string, value: T) =>
    (...args: readonly unknown[]): Promise<Result<T, Failure>> => {
      asked.push([name, ...args.map(shown)]);
      return Promise.resolve(ok(value));
    };
  const far: AccountAgent = {
    show: answers('show', ACCOUNT),
    create: answers('create', ACCOUNT),
    setReachable: answers('setReachable', ACCOUNT),
    moveTo: answers('moveTo', ACCOUNT),
    certificate: answers('certificate', { known: null, shown: 'abcd' }),
    trustCertificate: answers('trustCertificate', ACCOUNT),
    words: answers('words', new Redacted(WORDS)),
    confirmWords: answers('confirmWords', undefined),
    mark: answers('mark', MARK),
    recoverPreview: answers('recoverPreview', PREVIEW),
    recover: answers('recover', RECOVERED),
    request: answers('request', WAITING),
    join: answers('join', WAITING),
    joining: answers('joining', ENDED),
    giveUp: answers('giveUp', undefined),
    pending: answers('pending', [PENDING]),
    approve: answers('approve', { device: DEVICE }),
    reject: answers('reject', undefined),
    invite: answers('invite', INVITATION),
    devices: answers('devices', [DEVICE]),
    remove: answers('remove', REMOVED),
    announceRemoval: answers('announceRemoval', ACT),
    cancelAct: answers('cancelAct', undefined),
    suspend: answers('suspend', { ...DEVICE, state: 'suspended' as const }),
    resume: answers('resume', DEVICE),
    taskDone: answers('taskDone', undefined),
    leave: answers('leave', undefined),
    rotate: answers('rotate', ACCOUNT.sync),
    sync: answers('sync', ACCOUNT.sync),
    syncAnyway: answers('syncAnyway', ACCOUNT.sync),
    goOn: () => Promise.reject(new Error('The process that serves does it')),
    waitsFor: () => 'news',
    follow: () => () => undefined,
    ...more,
  };
  let name = '';
  const answer = answering(
    ACCOUNT_CALLS,
    accountAnswers(
      (ask) => ask(far),
      (ask) => {
        work.push(name);
        return ask(far);
      },
    ),
  );
  const crossing = (value: unknown): unknown => {
    wire.push(JSON.stringify(value));
    return structuredClone(value);
  };
  const calls = clientOf(AGENT_CALLS, async (called, args) => {
    name = called;
    return crossing(await answer(called, crossing(args), undefined));
  });
  return { near: remoteAccount(calls), asked, work, wire };
}

describe('an account in another process', () => {
  it('announces, calls off, suspends, resumes, says done and leaves there', async () => {
    const { near, asked } = acrossTheContract();
    expect(valueOf(await near.announceRemoval(ID))).toEqual(ACT);
    expect(await near.cancelAct('7')).toEqual(ok());
    expect(valueOf(await near.suspend(ID, new Redacted(WORDS))).state).toBe('suspended');
    expect(valueOf(await near.resume(ID, null))).toEqual(DEVICE);
    expect(await near.taskDone('n')).toEqual(ok());
    expect(await near.leave()).toEqual(ok());
    expect(asked).toEqual([
      ['announceRemoval', ID],
      ['cancelAct', '7'],
      ['suspend', ID, { secret: WORDS }],
      ['resume', ID, null],
      ['taskDone', 'n'],
      ['leave'],
    ]);
  });

  it('is brought back as by one in this process', async () => {
    const { near, asked, work } = acrossTheContract();
    const kit = { name: ACCOUNT.name, words: new Redacted(WORDS), mark: MARK.mark };
    expect(valueOf(await near.mark())).toEqual(MARK);
    expect(valueOf(await near.recoverPreview(kit))).toEqual(PREVIEW);
    expect(valueOf(await near.recover(kit, { keep: [ID] }))).toEqual(RECOVERED);
    expect(valueOf(await near.recover({ ...kit, mark: null }, { keep: 'all' }))).toEqual(RECOVERED);
    expect(asked.map(([method, , options]) => [method, options])).toEqual([
      ['mark', undefined],
      ['recoverPreview', undefined],
      ['recover', { keep: [ID] }],
      ['recover', { keep: 'all' }],
    ]);
    expect(work).toEqual(['accountRecover', 'accountRecover']);
    const [, , [, last] = []] = asked;
    expect(last).toMatchObject({ name: ACCOUNT.name, mark: MARK.mark });
  });

  it('is asked for the same as one in this process, and answers the same', async () => {
    const { near, asked } = acrossTheContract();
    expect(valueOf(await near.show())).toEqual(ACCOUNT);
    expect(valueOf(await near.request(ACCOUNT.name))).toEqual(WAITING);
    expect(valueOf(await near.join(new Redacted(LINK)))).toEqual(WAITING);
    expect(valueOf(await near.joining())).toEqual(ENDED);
    expect(await near.giveUp()).toEqual(ok());
    expect(valueOf(await near.pending())).toEqual([PENDING]);
    const approved = await near.approve(ID, new Redacted('012345'), { mayApprove: true });
    expect(valueOf(approved)).toEqual({ device: DEVICE });
    expect(await near.reject(ID)).toEqual(ok());
    expect(valueOf(await near.devices())).toEqual([DEVICE]);
    expect(valueOf(await near.remove(ID, null))).toEqual(REMOVED);
    expect(valueOf(await near.remove(ID, new Redacted(WORDS)))).toEqual(REMOVED);
    expect(valueOf(await near.sync())).toEqual(ACCOUNT.sync);
    expect(valueOf(await near.syncAnyway())).toEqual(ACCOUNT.sync);
    expect(valueOf(await near.rotate())).toEqual(ACCOUNT.sync);
    expect(await near.confirmWords(new Redacted(WORDS))).toEqual(ok());
    expect(asked).toEqual([
      ['show'],
      ['request', ACCOUNT.name],
      ['join', { secret: LINK }],
      ['joining'],
      ['giveUp'],
      ['pending'],
      ['approve', ID, { secret: '012345' }, { mayApprove: true }],
      ['reject', ID],
      ['devices'],
      ['remove', ID, null],
      ['remove', ID, { secret: WORDS }],
      ['sync'],
      ['syncAnyway'],
      ['rotate'],
      ['confirmWords', { secret: WORDS }],
    ]);
  });

  it('is made there, by the name that was given', async () => {
    const { near, asked } = acrossTheContract();
    expect(valueOf(await near.create(ACCOUNT.name))).toEqual(ACCOUNT);
    expect(valueOf(await near.create('alice', 'here'))).toEqual(ACCOUNT);
    expect(asked).toEqual([
      ['create', ACCOUNT.name, 'service'],
      ['create', 'alice', 'here'],
    ]);
  });

  it('is kept where it is kept there, by the certificate that is known there', async () => {
    const { near, asked } = acrossTheContract();
    expect(valueOf(await near.setReachable(true))).toEqual(ACCOUNT);
    expect(valueOf(await near.moveTo('192.0.2.8:4433'))).toEqual(ACCOUNT);
    expect(valueOf(await near.certificate())).toEqual({ known: null, shown: 'abcd' });
    expect(valueOf(await near.trustCertificate('abcd'))).toEqual(ACCOUNT);
    expect(asked).toEqual([
      ['setReachable', true],
      ['moveTo', '192.0.2.8:4433'],
      ['certificate'],
      ['trustCertificate', 'abcd'],
    ]);
  });

  it('is none where there is none', async () => {
    const { near } = acrossTheContract({ show: () => Promise.resolve(ok(null)) });
    expect(valueOf(await near.show())).toBeNull();
  });

  it('[SEC-1] keeps the words and an invitation from being printed on this side too', async () => {
    const { near } = acrossTheContract();
    const words = valueOf(await near.words());
    const { link, expiresAt } = valueOf(await near.invite());
    expect([words.reveal(), link.reveal(), expiresAt]).toEqual([WORDS, LINK, INVITATION.expiresAt]);
    expect(`${JSON.stringify({ words, link })} ${String(words)} ${String(link)}`).not.toMatch(/umbrella|ccc/);
  });

  it('sends a secret only where it is the very thing that was asked for', async () => {
    const { near, wire } = acrossTheContract();
    await near.show();
    await near.sync();
    await near.devices();
    await near.pending();
    expect(wire.join('')).not.toMatch(/umbrella|ccc|012345/);
  });

  it('notes new data after the calls that may make some, and after no other', async () => {
    const { near, work } = acrossTheContract();
    await near.show();
    await near.create(ACCOUNT.name);
    await near.request(ACCOUNT.name);
    await near.join(new Redacted(LINK));
    await near.joining();
    await near.pending();
    await near.devices();
    await near.sync();
    expect(work).toEqual(['accountCreate', 'deviceRequest', 'deviceJoin']);
  });

  it.each(['account-none', 'mesh-offline', 'account-needs-admin', 'digits-wrong'] as const)(
    'fails there with %s, and so here',
    async (code) => {
      const fails = () => Promise.resolve(err(failure(code)));
      const methods = { show: fails, words: fails, confirmWords: fails, invite: fails, approve: fails, giveUp: fails };
      const { near } = acrossTheContract(methods);
      const secret = new Redacted('012345');
      const codes = [
        codeOf(await near.show()),
        codeOf(await near.words()),
        codeOf(await near.confirmWords(secret)),
        codeOf(await near.invite()),
        codeOf(await near.approve(ID, secret, { mayApprove: false })),
        codeOf(await near.giveUp()),
      ];
      expect(codes).toEqual(codes.map(() => code));
    },
  );

  it('does not believe an answer that the contract does not allow', async () => {
    const lying = {
      devices: () => Promise.resolve(ok([{ ...DEVICE, id: 'short' }])),
      joining: () => Promise.resolve(ok({ ...WAITING, digits: '12' })),
    };
    const { near } = acrossTheContract(lying);
    expect(codeOf(await near.devices())).toBe('internal');
    expect(codeOf(await near.joining())).toBe('internal');
    const calls = clientOf(AGENT_CALLS, () => Promise.resolve({ ok: true, value: [{ ...DEVICE, id: 'short' }] }));
    expect(codeOf(await remoteAccount(calls).devices())).toBe('answer-malformed');
  });

  it('goes on by itself there, and so has nothing to do here', async () => {
    const { near, wire } = acrossTheContract();
    await near.goOn();
    expect(near.waitsFor()).toBe('nothing');
    expect(near.follow(() => undefined)).toBeNull();
    expect(wire).toEqual([]);
  });
});
