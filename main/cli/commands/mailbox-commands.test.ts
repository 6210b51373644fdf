import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES, err, failure, ok } from '@endymail/shared/result';
import type { MailboxCheck } from '@endymail/shared/mail';
import type { Agent, DisableOptions } from '../../agent/index.ts';
import { ALICE, BOB_VIEW, DONE, PROFILE, endymail, row } from '../testing/fakes.ts';

describe('mailboxes', () => {
  it('lists a row per address with its places', async () => {
    const reasons = [failure('own-setup', 'This mailbox has an OpenPGP key of your own.')];
    const mailboxes = () =>
      Promise.resolve(ok({ rows: [row('off', { reasons })], problems: [failure('profile-malformed')] }));
    const { out, exit } = await endymail(['mailboxes'], { agent: { mailboxes } });
    expect(exit).toBe(0);
    for (const part of [ALICE, 'Off.', 'OpenPGP key of your own', 'profile “default”', 'imap.test', 'damaged']) {
      expect(out).toContain(part);
    }
  });

  it('ends with 5 when there is none', async () => {
    const mailboxes = () => Promise.resolve(ok({ rows: [], problems: [failure('no-client')] }));
    const { exit, notes } = await endymail(['mailboxes'], { agent: { mailboxes } });
    expect(exit).toBe(EXIT_CODES.nothingFound);
    expect(notes).toContain('No Thunderbird was found');
  });

  it('gives the shape for scripts', async () => {
    const { json } = await endymail(['mailboxes', '--json']);
    expect(json()).toEqual({ rows: [row('off')], problems: [], folders: [] });
  });

  it.each([
    ['off', 0],
    ['ready', 0],
    ['by-hand', 2],
    ['waiting', 2],
    ['needs-you', 2],
  ] as const)('never says that mail is encrypted of a mailbox that is %s', async (state, people) => {
    const mailboxes = () => Promise.resolve(ok({ rows: [row(state)], problems: [] }));
    const agent: Partial<Agent> = {
      mailboxes,
      people: () => Promise.resolve(ok(Array.from({ length: people }, () => BOB_VIEW))),
    };
    const { out } = await endymail(['mailboxes'], { agent });
    expect(out).not.toMatch(/protected|is encrypted/i);
  });

  it('says of a protected one to whom', async () => {
    const mailboxes = () => Promise.resolve(ok({ rows: [row('protected')], problems: [] }));
    const { out } = await endymail(['mailboxes'], {
      agent: { mailboxes, people: () => Promise.resolve(ok([BOB_VIEW])) },
    });
    expect(out).toContain('Mail to one person is encrypted. Mail to everyone else goes as before.');
  });
});

describe('disable', () => {
  const disabling = () => {
    const calls: [unknown, DisableOptions][] = [];
    const disable: Agent['disable'] = (addresses, options) => {
      calls.push([addresses, options]);
      return Promise.resolve(ok(DONE));
    };
    return { agent: { disable }, calls };
  };

  it('asks, and takes back', async () => {
    const { agent, calls } = disabling();
    expect((await endymail(['disable', ALICE], { agent, answers: [true] })).exit).toBe(0);
    expect(calls).toEqual([[[ALICE], expect.objectContaining({ changedByHand: 'leave' })]]);
  });

  it('does nothing without a person who says so', async () => {
    const { agent, calls } = disabling();
    expect((await endymail(['disable', '--all'], { agent })).exit).toBe(EXIT_CODES.needsPerson);
    expect((await endymail(['disable', '--all'], { agent, answers: [false] })).exit).toBe(EXIT_CODES.needsPerson);
    expect(calls).toEqual([]);
  });

  it('takes everything back with --all, and what was changed with --put-back', async () => {
    const { agent, calls } = disabling();
    expect((await endymail(['disable', '--all', '--yes', '--put-back'], { agent })).exit).toBe(0);
    expect(calls).toEqual([['all', { changedByHand: 'put-back', onProgress: expect.any(Function) as unknown }]]);
  });

  it('shows what was changed by hand and asks', async () => {
    const { agent, calls } = disabling();
    const changed = { what: 'pref', name: 'the.pref', address: ALICE, ours: 'a', now: 'b', before: null } as const;
    const check = () => Promise.resolve(ok([{ ...CHECK, changedByHand: [changed] }]));
    const ran = await endymail(['disable', ALICE], { agent: { ...agent, check }, answers: [true, true] });
    expect(ran.notes).toContain('the.pref');
    expect(calls[0]?.[1].changedByHand).toBe('put-back');
  });
});

const CHECK: MailboxCheck = {
  address: ALICE,
  place: { profileName: 'default', profilePath: PROFILE.path, identityId: 'id1' },
  steps: [{ link: 'account', state: 'holds', says: 'Thunderbird has this mailbox.', failure: null }],
  changedByHand: [],
  people: 0,
};

describe('check', () => {
  const broken: MailboxCheck = {
    ...CHECK,
    steps: [{ link: 'keys', state: 'broken', says: 'Your key is gone.', failure: failure('not-set-up') }],
  };

  it('names the links', async () => {
    const { exit, out } = await endymail(['check'], { agent: { check: () => Promise.resolve(ok([CHECK])) } });
    expect(exit).toBe(0);
    expect(out).toMatch(/✓ Account +Thunderbird has this mailbox\./);
  });

  it('ends with 3 where one is broken, and says what to do', async () => {
    const { exit, out } = await endymail(['check', ALICE], { agent: { check: () => Promise.resolve(ok([broken])) } });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(out).toMatch(/✗ Keys +Your key is gone\./);
    expect(out).toContain('--put-back');
  });

  it('opens the test mail', async () => {
    const agent: Partial<Agent> = { check: () => Promise.resolve(ok([CHECK])) };
    const { out } = await endymail(['check', ALICE, '--send-test'], { agent });
    expect(out).toContain('“Endymail test 1234”. Press Send.');
    const { json } = await endymail(['check', ALICE, '--send-test', '--json'], { agent });
    expect(json()).toEqual({ checks: [CHECK], testSubject: 'Endymail test 1234' });
  });
});

describe('settings', () => {
  it('are shown and changed', async () => {
    expect((await endymail(['settings'])).out).toContain('auto-disable on');
    expect((await endymail(['settings', '--json'])).json()).toEqual({ autoDisable: true, folders: [] });
    const changes: unknown[] = [];
    const changeSettings: Agent['changeSettings'] = (change) => {
      changes.push(change);
      return Promise.resolve(ok(DONE));
    };
    const { out } = await endymail(['settings', '--auto-disable', 'off'], { agent: { changeSettings } });
    expect(out).toContain('auto-disable off');
    expect(changes).toEqual([{ autoDisable: false }]);
  });
});

describe('folders elsewhere', () => {
  const remembering = () => {
    const folders: string[] = [];
    const listed = () => Promise.resolve(ok({ rows: [row('off')], problems: [] }));
    const agent: Partial<Agent> = {
      folders: () => Promise.resolve(ok(folders)),
      addFolder: (folder) => {
        folders.push(folder);
        return listed();
      },
      removeFolder: (folder) => {
        folders.splice(folders.indexOf(folder), 1);
        return listed();
      },
    };
    return { agent, folders };
  };

  it('are added by their full path, shown with the mailboxes, and removed', async () => {
    const { agent, folders } = remembering();
    const { out } = await endymail(['settings', '--add-folder', 'a profile'], { agent });
    const folder = resolve('a profile');
    expect(folders).toEqual([folder]);
    expect(out).toContain(`these folders too:\n  ${folder}`);
    expect((await endymail(['mailboxes'], { agent })).out).toContain(folder);
    expect((await endymail(['mailboxes', '--json'], { agent })).json()).toMatchObject({ folders });
    const removed = await endymail(['settings', '--remove-folder', folder, '--json'], { agent });
    expect(removed.json()).toEqual({ autoDisable: true, folders: [] });
  });

  it('without a profile are refused, and one thing is changed at a time', async () => {
    const addFolder = () => Promise.resolve(err(failure('folder-without-profile')));
    const refused = await endymail(['settings', '--add-folder', '/tmp'], { agent: { addFolder } });
    expect(refused.exit).toBe(EXIT_CODES.nothingFound);
    const both = await endymail(['settings', '--add-folder', '/tmp', '--auto-disable', 'on']);
    expect(both.exit).toBe(EXIT_CODES.usage);
  });
});

describe('what must not be claimed', () => {
  it('check says of a mailbox that is in no profile any more that it is not there', async () => {
    const lost: MailboxCheck = {
      ...CHECK,
      place: null,
      steps: [
        { link: 'account', state: 'broken', says: 'No Thunderbird has it.', failure: failure('mailbox-unknown') },
      ],
    };
    const { exit, out } = await endymail(['check'], { agent: { check: () => Promise.resolve(ok([lost])) } });
    expect(exit).toBe(3);
    expect(out).toContain('✗ Account');
    expect(out).not.toContain('in the profile');
  });

  it('disable does not say that something was taken back where nothing was', async () => {
    const disable = () => Promise.resolve(ok({ done: [], waiting: [] }));
    const { exit, out } = await endymail(['disable', '--all', '--yes'], { agent: { disable } });
    expect([exit, out]).toEqual([0, 'Nothing of Endymail was set in Thunderbird any more.']);
  });

  it('remove makes no backup for a script that did not consent', async () => {
    let sealed = 0;
    const backup = () => {
      sealed += 1;
      return Promise.resolve(ok(new Uint8Array()));
    };
    const { exit } = await endymail(['remove', '--backup', '/nowhere/b', '--json'], { agent: { backup } });
    expect([exit, sealed]).toEqual([3, 0]);
  });
});
