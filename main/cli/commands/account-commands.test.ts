import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES, Redacted, err, failure, ok } from '@endymail/shared/result';
import type { AccountAgent } from '../../agent/index.ts';
import { ACCOUNT, DONE, PROFILE, endymail, fakeAccount, type Circumstances } from '../testing/fakes.ts';

/** As many as there are, so that each stands in its place. */
const WORDS = Array.from({ length: 24 }, (_, index) => `word${String(index + 1)}`).join(' ');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-account ü-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const run = (args: readonly string[], account: Partial<AccountAgent> = {}, more: Circumstances = {}) =>
  endymail(args, { ...more, agent: { account: fakeAccount(account), ...more.agent } });

describe('account create', () => {
  const creating = () => {
    const names: string[] = [];
    const create: AccountAgent['create'] = (name) => {
      names.push(name);
      return Promise.resolve(ok(ACCOUNT));
    };
    return { names, create };
  };

  it('makes the account, shows it, and says what is lost with this computer until the words are written down', async () => {
    const { names, create } = creating();
    const { exit, out } = await run(['account', 'create', ACCOUNT.name], { create });
    expect(exit).toBe(0);
    expect(names).toEqual([ACCOUNT.name]);
    for (const shown of [ACCOUNT.name, ACCOUNT.fingerprint, 'https://mesh.example.org', 'laptop'])
      expect(out).toContain(shown);
    expect(out).toContain('endymail account words');
    expect((await run(['account', 'create', ACCOUNT.name, '--json'])).json()).toEqual(ACCOUNT);
  });

  it.each([
    ['account-exists', EXIT_CODES.usage],
    ['account-name-taken', EXIT_CODES.failed],
    ['mesh-offline', EXIT_CODES.failed],
  ] as const)('says of %s what to do, and ends with %i', async (code, exit) => {
    const told = await run(['account', 'create', ACCOUNT.name], { create: () => Promise.resolve(err(failure(code))) });
    expect(told.exit).toBe(exit);
    expect(told.out).toBe('');
    expect(told.notes).toContain(failure(code).advice);
  });
});

describe('account show', () => {
  it('shows the account as it is known here', async () => {
    const { out, exit } = await run(['account', 'show']);
    expect(exit).toBe(0);
    expect(out).toContain(ACCOUNT.fingerprint);
    expect((await run(['account', 'show', '--json'])).json()).toEqual(ACCOUNT);
  });

  it('asks the person to make or join one where there is none', async () => {
    const { notes, exit } = await run(['account', 'show'], { show: () => Promise.resolve(ok(null)) });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(notes).toContain('endymail account create');
  });

  it.each([
    [{ ...ACCOUNT, standing: 'removed' }, 'was removed from the account'],
    [{ ...ACCOUNT, standing: 'copied' }, 'in use on another computer'],
    [{ ...ACCOUNT, sync: { ...ACCOUNT.sync, asOf: null } }, 'never'],
    [{ ...ACCOUNT, sync: { ...ACCOUNT.sync, unsent: 3 } }, '3 changes not sent yet'],
    [{ ...ACCOUNT, sync: { ...ACCOUNT.sync, problem: failure('mesh-offline') } }, 'can not be reached'],
    [{ ...ACCOUNT, sync: { ...ACCOUNT.sync, ignored: [{ deviceId: 'ab', count: 2 }] } }, '2 entries that had no right'],
  ] as const)('says what is wrong with it', async (account, says) => {
    const { out } = await run(['account', 'show'], { show: () => Promise.resolve(ok(account)) });
    expect(out).toContain(says);
  });

  it('does not ask for the words to be written down where they were', async () => {
    const account = { ...ACCOUNT, words: 'confirmed' } as const;
    const { out } = await run(['account', 'show'], { show: () => Promise.resolve(ok(account)) });
    expect(out).not.toContain('account words');
  });
});

describe('account words', () => {
  const words: AccountAgent['words'] = () => Promise.resolve(ok(new Redacted(WORDS)));

  it('are shown with their numbers', async () => {
    const { out, exit } = await run(['account', 'words'], { words });
    expect(exit).toBe(0);
    expect(out.split('\n').slice(0, 6).join('\n')).toMatch(/^ 1 word1 +2 word2 +3 word3 +4 word4\n 5 word5/);
    expect(out).toMatch(/24 word24$/m);
  });

  it('never come as JSON, which programs keep', async () => {
    const { out, notes, json } = await run(['account', 'words', '--json'], { words });
    expect(json()).toEqual({ words: 'to-be-written-down' });
    expect(out + notes).not.toContain('word1');
  });

  it('are not there where they were confirmed', async () => {
    const { exit, notes } = await run(['account', 'words'], {
      words: () => Promise.resolve(err(failure('words-none'))),
    });
    expect(exit).toBe(EXIT_CODES.failed);
    expect(notes).toContain('only on your paper');
  });

  const confirming = () => {
    const typed: string[] = [];
    const confirmWords: AccountAgent['confirmWords'] = (text) => {
      typed.push(text.reveal());
      return Promise.resolve(text.reveal() === WORDS ? ok() : err(failure('words-wrong')));
    };
    return { typed, confirmWords };
  };

  it('are confirmed by typing them, once', async () => {
    const { typed, confirmWords } = confirming();
    const { exit, out, questions } = await run(
      ['account', 'words', '--confirm'],
      { confirmWords },
      { answers: [WORDS] },
    );
    expect(exit).toBe(0);
    expect(typed).toEqual([WORDS]);
    expect(questions).toHaveLength(1);
    expect(out).toContain('your paper');
    expect(out).not.toContain('word1');
  });

  it('are confirmed by a file that holds them', async () => {
    const { typed, confirmWords } = confirming();
    const file = join(folder, 'words');
    writeFileSync(file, `${WORDS}\n`, { mode: 0o600 });
    const { json, out, notes } = await run(['account', 'words', '--confirm', '--words-file', file, '--json'], {
      confirmWords,
    });
    expect(json()).toEqual({ confirmed: true });
    expect(typed).toEqual([WORDS]);
    expect(out + notes).not.toContain('word1');
  });

  it('are not confirmed by other ones, nor where nobody can type them', async () => {
    const { typed, confirmWords } = confirming();
    const wrong = await run(['account', 'words', '--confirm'], { confirmWords }, { answers: ['other words'] });
    expect(wrong.exit).toBe(EXIT_CODES.usage);
    expect(wrong.notes).not.toContain('other words');
    const alone = await run(['account', 'words', '--confirm'], { confirmWords });
    expect(alone.exit).toBe(EXIT_CODES.usage);
    expect(alone.notes).toContain('--words-file');
    expect(typed).toEqual(['other words']);
  });
});

describe('account rotate', () => {
  it('makes the keys anew, and says so', async () => {
    const { exit, out, json } = await run(['account', 'rotate', '--json']);
    expect(exit).toBe(0);
    expect(json()).toMatchObject(ACCOUNT.sync);
    expect(out).not.toBe('');
    expect((await run(['account', 'rotate'])).out).toMatch(/^The keys of the account are new/);
  });

  it('sends the person to a device that may', async () => {
    const rotate = () => Promise.resolve(err(failure('account-needs-admin')));
    const told = await run(['account', 'rotate'], { rotate });
    expect(told.exit).toBe(EXIT_CODES.needsPerson);
    expect(told.notes).toContain('endymail device list');
  });
});

describe('sync', () => {
  it('says as of when everything is here', async () => {
    const { exit, out, json } = await run(['sync', '--json']);
    expect(exit).toBe(0);
    expect(json()).toMatchObject({ ...ACCOUNT.sync, waiting: [] });
    expect(out).not.toBe('');
    expect((await run(['sync'])).out).toMatch(/^As of /);
  });

  it('brings the mail clients to it, and says which one waits', async () => {
    const reconcile = () =>
      Promise.resolve(ok({ ...DONE, waiting: [{ profile: PROFILE, why: failure('client-running') }] }));
    const { exit, out } = await run(['sync'], {}, { agent: { reconcile } });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(out).toMatch(/^As of /);
    expect(out).toContain(failure('client-running').message);
  });

  it.each([
    ['mesh-offline', EXIT_CODES.failed, 'What you change is kept here'],
    ['account-removed', EXIT_CODES.needsPerson, 'Nothing was deleted'],
    ['account-copied', EXIT_CODES.needsPerson, 'join again from here'],
    ['account-none', EXIT_CODES.needsPerson, 'endymail account create'],
  ] as const)('says %s, ends with %i, and advises', async (code, exit, advice) => {
    const told = await run(['sync'], { sync: () => Promise.resolve(err(failure(code))) });
    expect(told.exit).toBe(exit);
    expect(told.out).toBe('');
    expect(told.notes).toContain(failure(code).message);
    expect(told.notes).toContain(advice);
  });
});
