import { describe, expect, it } from 'vitest';
import type { AccountView, DeviceView, TaskView } from '@endymail/shared/account';
import { EXIT_CODES, err, failure, ok } from '@endymail/shared/result';
import type { AccountAgent } from '../../agent/index.ts';
import { ACCOUNT, ACT, LAPTOP, endymail, fakeAccount } from '../testing/fakes.ts';

const DESK: DeviceView = { ...LAPTOP, id: ACT.deviceId, name: 'desk', isThis: false };
const TASK: TaskView = {
  id: 'change-passwords-cd',
  code: 'change-passwords',
  says: 'Change the passwords.',
  deviceName: 'desk',
  addresses: [],
  at: '2026-11-24T12:00:00.000Z',
};
const WAITING: AccountView = { ...ACCOUNT, acts: [ACT], tasks: [TASK] };

/** What an account is asked for, and what it answers. */
function account(more: Partial<AccountAgent> = {}) {
  const asked: unknown[] = [];
  const of: Partial<AccountAgent> = {
    show: () => Promise.resolve(ok(WAITING)),
    devices: () => Promise.resolve(ok([LAPTOP, DESK])),
    announceRemoval: (id) => (asked.push(['announce', id]), Promise.resolve(ok(ACT))),
    cancelAct: (id) => (asked.push(['cancel', id]), Promise.resolve(ok())),
    suspend: (id) => (asked.push(['suspend', id]), Promise.resolve(ok({ ...DESK, state: 'suspended' as const }))),
    resume: (id) => (asked.push(['resume', id]), Promise.resolve(ok(DESK))),
    taskDone: (id) => (asked.push(['done', id]), Promise.resolve(ok())),
    giveUp: () => (asked.push(['give up']), Promise.resolve(ok())),
    leave: () => (asked.push(['leave']), Promise.resolve(ok())),
    remove: () => Promise.reject(new Error('Nothing is removed at once here')),
    ...more,
  };
  const run = (args: readonly string[], answers?: readonly boolean[]) =>
    endymail(args, {
      agent: { account: fakeAccount(of) },
      ...(answers === undefined ? {} : { answers: [...answers] }),
    });
  return { asked, run };
}

describe('a removal that waits', () => {
  it('is announced, and says from when on it holds', async () => {
    const { asked, run } = account();
    const { exit, out } = await run(['device', 'remove', 'cd', '--announce', '--yes']);
    expect([exit, asked]).toEqual([0, [['announce', DESK.id]]]);
    expect(out).toContain('“desk” is removed on');
  });

  it('is shown with how to call it off, and called off by the device’s id', async () => {
    const { asked, run } = account();
    expect((await run(['account', 'show'])).out).toContain('endymail device keep cdcdcdcdcdcd');
    expect((await run(['device', 'keep', 'cd'])).exit).toBe(0);
    expect(asked).toEqual([['cancel', ACT.id]]);
    expect((await run(['device', 'keep', 'ff'])).exit).toBe(EXIT_CODES.usage);
    const later = account({ show: () => Promise.resolve(ok({ ...WAITING, acts: [{ ...ACT, mayCancel: false }] })) });
    expect((await later.run(['account', 'show'])).out).not.toContain('device keep');
  });
});

it('a device is suspended and resumed', async () => {
  const { asked, run } = account();
  expect((await run(['device', 'suspend', 'cd'], [false])).exit).toBe(EXIT_CODES.needsPerson);
  expect((await run(['device', 'suspend', 'cd'], [true])).out).toContain('is suspended');
  expect((await run(['device', 'resume', 'cd'])).out).toContain('takes part again');
  expect(asked).toEqual([
    ['suspend', DESK.id],
    ['resume', DESK.id],
  ]);
  const young = account({ suspend: () => Promise.resolve(err(failure('act-too-young'))) });
  expect((await young.run(['device', 'suspend', 'cd', '--yes'])).notes).toContain('72 hours');
});

it('what is left to do is numbered, and said to be done', async () => {
  const { asked, run } = account();
  expect((await run(['account', 'show'])).out).toContain('1  Change the passwords.');
  expect((await run(['account', 'task-done', '1'])).exit).toBe(0);
  expect(asked).toEqual([['done', TASK.id]]);
  for (const number of ['0', '2', 'x']) {
    expect((await run(['account', 'task-done', number])).exit).toBe(EXIT_CODES.usage);
  }
});

it('a request is taken back, and an account is left', async () => {
  const { asked, run } = account();
  expect((await run(['device', 'give-up'])).exit).toBe(0);
  expect((await run(['account', 'leave'], [false])).exit).toBe(EXIT_CODES.needsPerson);
  expect((await run(['account', 'leave'], [true])).exit).toBe(0);
  expect(asked).toEqual([['give up'], ['leave']]);
});
