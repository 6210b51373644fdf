import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceView, JoinView, PendingDevice } from '@endymail/shared/account';
import { EXIT_CODES, Redacted, err, failure, ok } from '@endymail/shared/result';
import type { AccountAgent, Agent } from '../../agent/index.ts';
import { EXIT_INTERRUPTED } from '../interrupts.ts';
import { ACCOUNT, DONE, LAPTOP, PROFILE, endymail, fakeAccount, type Circumstances } from '../testing/fakes.ts';

const SECOND: DeviceView = { ...LAPTOP, id: 'cd'.repeat(32), name: 'desk', isThis: false, mayApprove: false };
const REQUEST: PendingDevice = Object.freeze({
  id: '3f2a'.repeat(16),
  fingerprint: 'MEEE-FFFF-GGGG-HHHH-IIII-JJJJ-KKKK',
  askedAt: '2026-11-24T12:00:00.000Z',
  expiresAt: '2026-11-24T13:00:00.000Z',
});
const OTHER: PendingDevice = Object.freeze({ ...REQUEST, id: '3f99'.repeat(16) });
const INVITATION = 'mesh:alice@mesh.example.org#c2VjcmV0';

const WAITING: JoinView = {
  kind: 'waiting',
  name: ACCOUNT.name,
  fingerprint: ACCOUNT.fingerprint,
  digits: '123456',
  expiresAt: '2026-11-24T13:00:00.000Z',
  pin: null,
};
const JOINED: JoinView = { kind: 'joined', account: ACCOUNT };
const CONFIRMING: JoinView = { kind: 'confirming', name: ACCOUNT.name };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-device ü-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const path = (name: string): string => join(folder, name);

const run = (args: readonly string[], account: Partial<AccountAgent> = {}, more: Circumstances = {}) =>
  endymail(args, { ...more, agent: { account: fakeAccount(account), ...more.agent } });

const answering =
  <T>(value: T) =>
  () =>
    Promise.resolve(ok(value));
const failing = (code: Parameters<typeof failure>[0]) => () => Promise.resolve(err(failure(code)));

/** Thunderbird is open until somebody waits for it. */
const openClient = (): Pick<Agent, 'reconcile'> => ({
  reconcile: (options) => {
    options?.onProgress?.({ kind: 'waiting', address: null, profile: PROFILE });
    return Promise.resolve(
      ok(options?.wait ? DONE : { done: [], waiting: [{ profile: PROFILE, why: failure('client-running') }] }),
    );
  },
});

describe('device request', () => {
  /** The new computer's side: each look finds the next of these. */
  const through = (...views: readonly (JoinView | 'mesh-offline' | 'mesh-lied')[]): Partial<AccountAgent> => {
    const left = [...views];
    const joining: AccountAgent['joining'] = () => {
      const next = left.shift() ?? JOINED;
      return Promise.resolve(typeof next === 'string' ? err(failure(next)) : ok(next));
    };
    return { request: answering(WAITING), joining };
  };

  it('shows the digits once, waits, and ends when the computer belongs to the account', async () => {
    const { exit, notes, out } = await run(['device', 'request', ACCOUNT.name], through(WAITING, CONFIRMING, JOINED));
    expect(exit).toBe(0);
    expect(notes.match(/123 456/g)).toHaveLength(1);
    expect(notes).toContain('Tell them to nobody');
    expect(out).toBe(`This computer belongs to ${ACCOUNT.name} now.`);
  });

  it('waits on while the service is away, and for nothing else that fails', async () => {
    const away = await run(['device', 'request', ACCOUNT.name], through('mesh-offline', WAITING, JOINED));
    expect(away.exit).toBe(0);
    const lied = await run(['device', 'request', ACCOUNT.name], through('mesh-lied', JOINED));
    expect(lied.exit).toBe(EXIT_CODES.failed);
    expect(lied.notes).toContain('Nothing of it was taken over');
  });

  it('does not wait with --no-wait, and says that the person is needed', async () => {
    const joining = () => Promise.reject(new Error('waited'));
    const { exit, out } = await run(['device', 'request', ACCOUNT.name, '--no-wait'], { ...through(), joining });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(out).toContain('123 456');
  });

  it('stops waiting where the person has enough', async () => {
    const pause = () => Promise.resolve(false);
    const { exit, notes } = await run(['device', 'request', ACCOUNT.name], through(WAITING), { pause });
    expect(exit).toBe(EXIT_INTERRUPTED);
    expect(notes).toContain('123 456');
  });

  it.each([
    ['join-digits', EXIT_CODES.failed],
    ['join-expired', EXIT_CODES.failed],
    ['join-rejected', EXIT_CODES.failed],
  ] as const)('says that it ended by %s', async (code, exit) => {
    const ended: JoinView = { kind: 'ended', name: ACCOUNT.name, why: failure(code) };
    const told = await run(['device', 'request', ACCOUNT.name], through(ended));
    expect(told.exit).toBe(exit);
    expect(told.notes).toContain(failure(code).advice);
  });

  it('says where Thunderbird must be closed first, and waits for it in a terminal', async () => {
    const alone = await run(['device', 'request', ACCOUNT.name], through(JOINED), { agent: openClient() });
    expect(alone.exit).toBe(EXIT_CODES.needsPerson);
    expect(alone.out).toContain(`This computer belongs to ${ACCOUNT.name} now.`);
    expect(alone.out).toContain(failure('client-running').message);
    expect(alone.notes).not.toContain('I am waiting');
    const there = await run(['device', 'request', ACCOUNT.name], through(JOINED), { agent: openClient(), answers: [] });
    expect(there.exit).toBe(0);
    expect(there.notes).toContain('I am waiting');
    const json = await run(['device', 'request', ACCOUNT.name, '--json'], through(JOINED), { agent: openClient() });
    expect(json.json()).toMatchObject({ kind: 'joined', waiting: [{ code: 'client-running' }] });
  });
});

describe('device join', () => {
  const joining = () => {
    const links: string[] = [];
    const join: AccountAgent['join'] = (link) => {
      links.push(link.reveal());
      return Promise.resolve(ok(JOINED));
    };
    return { links, join };
  };
  const file = (content: string): string => {
    writeFileSync(path('invitation.txt'), content, { mode: 0o600 });
    return path('invitation.txt');
  };

  it('joins by a file that holds the invitation, once the person has said whose account it is', async () => {
    const { links, join: by } = joining();
    const from = file(`${INVITATION}\n`);
    const { exit, notes, out } = await run(['device', 'join', from], { join: by }, { answers: [true] });
    expect(exit).toBe(0);
    expect(notes).toContain('alice@mesh.example.org');
    expect(links).toEqual([INVITATION]);
    expect(notes + out).not.toContain('c2VjcmV0');
  });

  it('joins nothing where the person says no, or nobody is there to say yes', async () => {
    const { links, join: by } = joining();
    const no = await run(['device', 'join', INVITATION], { join: by }, { answers: [false] });
    expect(no.exit).toBe(EXIT_CODES.needsPerson);
    expect((await run(['device', 'join', INVITATION], { join: by })).exit).toBe(EXIT_CODES.needsPerson);
    expect(links).toEqual([]);
    expect((await run(['device', 'join', INVITATION, '--yes'], { join: by })).exit).toBe(0);
    expect(links).toEqual([INVITATION]);
  });

  it.each([
    ['no invitation', (): string => file('{"endymail":"public-part"}')],
    ['no file', (): string => path('nowhere')],
    ['an invitation without its secret', (): string => 'mesh:alice@mesh.example.org'],
  ])('refuses what is %s', async (_what, word) => {
    const { exit, notes } = await run(['device', 'join', word(), '--yes'], {
      join: () => Promise.reject(new Error('joined')),
    });
    expect(exit).toBe(EXIT_CODES.usage);
    expect(notes).toContain('endymail device invite');
  });
});

describe('device pending', () => {
  it('lists who asks, with what to do about it', async () => {
    const { out, exit } = await run(['device', 'pending'], { pending: answering([REQUEST]) });
    expect(exit).toBe(0);
    expect(out).toContain(REQUEST.id.slice(0, 12));
    expect(out).toContain('endymail device reject');
    expect((await run(['device', 'pending', '--json'], { pending: answering([REQUEST]) })).json()).toEqual([REQUEST]);
    expect((await run(['device', 'pending'])).out).toBe('No device asks to join.');
  });

  it('says that a device may not', async () => {
    const { exit, notes } = await run(['device', 'pending'], { pending: failing('account-needs-admin') });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(notes).toContain('endymail device list');
  });
});

describe('device approve', () => {
  const approving = (...pending: readonly PendingDevice[]) => {
    const calls: unknown[] = [];
    const approve: AccountAgent['approve'] = (id, digits, options) => {
      calls.push([id, digits.reveal(), options]);
      return Promise.resolve(ok({ device: SECOND }));
    };
    return { calls, account: { approve, pending: answering(pending) } };
  };

  it('approves the device whose id begins so, with the digits that were given', async () => {
    const { calls, account } = approving(REQUEST, OTHER);
    const { exit, out } = await run(['device', 'approve', '3F2A', '--digits', '123456'], account);
    expect(exit).toBe(0);
    expect(calls).toEqual([[REQUEST.id, '123456', { mayApprove: false }]]);
    expect(out).toContain('desk');
  });

  it('needs no id where one device asks, and asks for the digits', async () => {
    const { calls, account } = approving(REQUEST);
    const { exit } = await run(['device', 'approve', '--may-approve'], account, { answers: ['654321'] });
    expect(exit).toBe(0);
    expect(calls).toEqual([[REQUEST.id, '654321', { mayApprove: true }]]);
  });

  it('approves none where several could be meant, or none is there', async () => {
    const several = approving(REQUEST, OTHER);
    for (const args of [
      ['device', 'approve', '3f'],
      ['device', 'approve'],
      ['device', 'approve', 'ff'],
    ]) {
      const { exit } = await run([...args, '--digits', '123456'], several.account);
      expect(exit).toBe(EXIT_CODES.usage);
    }
    expect(several.calls).toEqual([]);
  });

  it('approves none without digits', async () => {
    const { calls, account } = approving(REQUEST);
    expect((await run(['device', 'approve'], account)).exit).toBe(EXIT_CODES.usage);
    expect((await run(['device', 'approve'], account, { answers: [null] })).exit).toBe(EXIT_CODES.usage);
    expect(calls).toEqual([]);
  });

  it('does not repeat the digits, whatever comes of it', async () => {
    const approve = failing('digits-wrong');
    for (const json of [[], ['--json']]) {
      const { exit, out, notes } = await run(['device', 'approve', '--digits', '123456', ...json], {
        pending: answering([REQUEST]),
        approve,
      });
      expect(exit).toBe(EXIT_CODES.failed);
      expect(out + notes).toContain('Ask again on the new device');
      expect(out + notes).not.toContain('123456');
    }
  });
});

describe('device reject', () => {
  it('refuses the device whose id begins so', async () => {
    const refused: string[] = [];
    const reject: AccountAgent['reject'] = (id) => {
      refused.push(id);
      return Promise.resolve(ok());
    };
    const account = { reject, pending: answering([REQUEST, OTHER]) };
    expect((await run(['device', 'reject', '3f99'], account)).exit).toBe(0);
    expect((await run(['device', 'reject', 'aa'], account)).exit).toBe(EXIT_CODES.usage);
    expect(refused).toEqual([OTHER.id]);
  });
});

describe('device invite', () => {
  const invite: AccountAgent['invite'] = answering({
    link: new Redacted(INVITATION),
    expiresAt: '2026-11-24T12:10:00.000Z',
  });

  it('writes the invitation into a file of the person alone, and shows it nowhere', async () => {
    const out = path('invitation.txt');
    const ran = await run(['device', 'invite', '--out', out, '--json'], { invite });
    expect(ran.exit).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(`${INVITATION}\n`);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(ran.json()).toEqual({ file: out, expiresAt: '2026-11-24T12:10:00.000Z' });
    expect(ran.out + ran.notes).not.toContain('c2VjcmV0');
  });

  it('makes none where the file can not be a new one', async () => {
    writeFileSync(path('there'), 'mine');
    const { exit } = await run(['device', 'invite', '--out', path('there')], {
      invite: () => Promise.reject(new Error('made')),
    });
    expect(exit).not.toBe(0);
    expect(readFileSync(path('there'), 'utf8')).toBe('mine');
  });
});

describe('device list', () => {
  it('names every device, and what it may', async () => {
    const gone: DeviceView = { ...SECOND, id: 'ef'.repeat(32), name: '', state: 'removed' };
    const devices = answering([LAPTOP, SECOND, gone]);
    const lines = (await run(['device', 'list'], { devices })).out.split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^laptop +abababababab {2}this device, may approve others, added 2026-11-24$/);
    expect(lines[1]).toMatch(/^desk +cdcdcdcdcdcd {2}added 2026-11-24$/);
    expect(lines[2]).toMatch(/^efefefefefef +efefefefefef {2}removed/);
    expect((await run(['device', 'list', '--json'], { devices })).json()).toEqual([LAPTOP, SECOND, gone]);
  });
});

describe('device remove', () => {
  const removing = () => {
    const calls: unknown[] = [];
    const remove: AccountAgent['remove'] = (id, words) => {
      calls.push([id, words?.reveal() ?? null]);
      return Promise.resolve(
        ok({ device: SECOND, renewed: ['alice@example.test'], tasks: ['Give those who write to you your new files.'] }),
      );
    };
    return { calls, account: { remove, devices: answering([LAPTOP, SECOND]) } };
  };

  it('removes the one that was named, and says what is left to do', async () => {
    const { calls, account } = removing();
    const { exit, out, questions } = await run(['device', 'remove', 'cd'], account, { answers: [true] });
    expect(exit).toBe(0);
    expect(calls).toEqual([[SECOND.id, null]]);
    expect(questions[0]).toContain('desk');
    expect(out).toContain('New keys were made for: alice@example.test');
    expect(out).toContain('! Give those who write to you your new files.');
  });

  it('removes none where the person says no, nobody can be asked, or it is not known which', async () => {
    const { calls, account } = removing();
    expect((await run(['device', 'remove', 'cd'], account, { answers: [false] })).exit).toBe(EXIT_CODES.needsPerson);
    expect((await run(['device', 'remove', 'cd'], account)).exit).toBe(EXIT_CODES.needsPerson);
    expect((await run(['device', 'remove', 'ff', '--yes'], account)).exit).toBe(EXIT_CODES.usage);
    const twins = { ...account, devices: answering([LAPTOP, { ...LAPTOP, id: 'abff'.repeat(16) }]) };
    expect((await run(['device', 'remove', 'ab', '--yes'], twins)).exit).toBe(EXIT_CODES.usage);
    expect(calls).toEqual([]);
  });

  it('does not find one again that was removed', async () => {
    const { account } = removing();
    const gone = { ...account, devices: answering([LAPTOP, { ...SECOND, state: 'removed' as const }]) };
    const { exit, notes } = await run(['device', 'remove', 'cd', '--yes'], gone);
    expect(exit).toBe(EXIT_CODES.usage);
    expect(notes).toContain(failure('device-unknown').message);
  });

  it('takes the recovery words from a file, and repeats none of them', async () => {
    const { calls, account } = removing();
    writeFileSync(path('words'), 'abandon ability able\n', { mode: 0o600 });
    const args = ['device', 'remove', 'cd', '--words-file', path('words'), '--yes', '--json'];
    const { json, out, notes } = await run(args, account);
    expect(calls).toEqual([[SECOND.id, 'abandon ability able']]);
    expect(json()).toMatchObject({ device: SECOND, renewed: ['alice@example.test'], waiting: [] });
    expect(out + notes).not.toContain('ability');
  });

  it('says where Thunderbird must be closed for the new keys, and waits for it with --wait', async () => {
    const { account } = removing();
    const alone = await run(['device', 'remove', 'cd', '--yes'], account, { agent: openClient() });
    expect(alone.exit).toBe(EXIT_CODES.needsPerson);
    expect(alone.out).toContain('was removed');
    expect(alone.out).toContain(failure('client-running').message);
    const waited = await run(['device', 'remove', 'cd', '--yes', '--wait'], account, { agent: openClient() });
    expect(waited.exit).toBe(0);
  });
});
