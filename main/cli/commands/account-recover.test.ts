import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES, err, failure, ok } from '@endymail/shared/result';
import type { AccountAgent } from '../../agent/index.ts';
import { ACCOUNT, endymail, fakeAccount, type Circumstances } from '../testing/fakes.ts';

const WORDS = Array.from({ length: 24 }, (_, index) => `word${String(index + 1)}`).join(' ');
const [DESK, PHONE] = ['desk', 'phone'].map((name, index) => ({
  ...ACCOUNT.device,
  id: `${String(index)}f`.repeat(32),
  name,
  isThis: false,
  lastSeenAt: '2026-11-20T12:00:00.000Z',
}));
if (DESK === undefined || PHONE === undefined) throw new Error('two devices');

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-recover ü-'));
  file = join(folder, 'words');
  writeFileSync(file, WORDS, { mode: 0o600 });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs it against an account of two lost devices; `asked` is what reached the agent. */
async function recover(args: readonly string[], more: Circumstances = {}, agent: Partial<AccountAgent> = {}) {
  const asked: unknown[] = [];
  const account = fakeAccount({
    recoverPreview: () =>
      Promise.resolve(
        ok({
          name: ACCOUNT.name,
          fingerprint: ACCOUNT.fingerprint,
          asOf: { mark: '3-0123456789abcdef0123', at: '2026-11-24T12:00:00.000Z' },
          devices: [DESK, PHONE].flatMap((device) => device ?? []),
        }),
      ),
    recover: ({ words, ...kit }, options) => {
      asked.push({ ...kit, words: words.reveal() }, options);
      return Promise.resolve(ok({ account: ACCOUNT, removed: [], renewed: ['alice@example.test'], tasks: ['Do it.'] }));
    },
    ...agent,
  });
  const ran = await endymail(['account', 'recover', ACCOUNT.name, ...args], { ...more, agent: { account } });
  return { ...ran, asked };
}

describe('account recover', () => {
  it('[SEC-123] shows as of when the account is and which devices go, and removes all of them', async () => {
    const { exit, out, notes, asked } = await recover(['--words-file', file, '--yes']);
    expect(exit).toBe(EXIT_CODES.done);
    expect(notes).toMatch(/Last change .*2026.*as the service shows it/);
    expect(notes).toMatch(/Goes {3}desk .*last active .*2026/);
    expect(asked).toEqual([{ name: ACCOUNT.name, words: WORDS, mark: null }, { keep: [] }]);
    expect(out).toContain('New keys were made for: alice@example.test');
    expect(out + notes).not.toContain('word7');
  });

  it('keeps the devices that are named, and compares with the line on paper', async () => {
    const args = ['--words-file', file, '--yes', '--as-of', '3-0123456789abcdef0123'];
    const { notes, asked } = await recover([...args, '--keep', '1f1f']);
    expect(notes).toMatch(/Stays {2}phone/);
    expect(asked).toEqual([{ name: ACCOUNT.name, words: WORDS, mark: '3-0123456789abcdef0123' }, { keep: [PHONE.id] }]);
    expect((await recover([...args, '--keep-all'])).asked[1]).toEqual({ keep: 'all' });
    expect((await recover([...args, '--keep', 'ffff'])).exit).toBe(EXIT_CODES.usage);
  });

  it('does nothing where the person says no, the words are missing, or they are wrong', async () => {
    const no = await recover(['--words-file', file], { answers: ['n'] });
    expect(no.asked).toEqual([]);
    const alone = await recover(['--yes']);
    expect(alone.notes).toContain('--words-file');
    const recoverPreview = () => Promise.resolve(err(failure('words-wrong')));
    const wrong = await recover(['--words-file', file, '--yes'], {}, { recoverPreview });
    expect([wrong.exit, wrong.asked]).toEqual([EXIT_CODES.usage, []]);
  });
});
