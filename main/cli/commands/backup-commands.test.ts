import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES, err, failure, ok } from '@endymail/shared/result';
import type { Agent } from '../../agent/index.ts';
import { ALICE, DONE, endymail } from '../testing/fakes.ts';

const SECRET = 'four random words here';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-cli ü-'));
  writeFileSync(path('pass'), `${SECRET}\n`, { mode: 0o600 });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const path = (name: string): string => join(folder, name);

describe('restore', () => {
  it('passes file and passphrase on, and says where old data went', async () => {
    writeFileSync(path('backup'), 'sealed');
    const { exit, out } = await endymail(
      ['restore', path('backup'), '--set-aside', '--backup-passphrase-file', path('pass')],
      {
        restoreBackup: ({ file, backupPassphrase, setAside }) => {
          expect(new TextDecoder().decode(file)).toBe('sealed');
          expect(backupPassphrase.reveal()).toBe(SECRET);
          expect(setAside).toBe(true);
          return Promise.resolve(ok({ setAsideAs: '/aside', mailboxesOff: [] }));
        },
      },
    );
    expect(exit).toBe(0);
    expect(out).toContain('/aside');
  });

  it('says whose keys are here and in no Thunderbird, since the mailbox is off', async () => {
    writeFileSync(path('backup'), 'sealed');
    const restoreBackup = () => Promise.resolve(ok({ setAsideAs: null, mailboxesOff: [ALICE] }));
    const args = ['restore', path('backup'), '--backup-passphrase-file', path('pass')];
    const { out } = await endymail(args, { restoreBackup });
    expect(out).toContain(`Off, as when the backup was made: ${ALICE}.`);
    expect(out).toContain('endymail enable');
    const { json } = await endymail([...args, '--json'], { restoreBackup });
    expect(json()).toEqual({ setAsideAs: null, mailboxesOff: [ALICE] });
  });

  it('says that the account of the backup has to be joined', async () => {
    writeFileSync(path('backup'), 'sealed');
    const accountLeftOut = 'alice@mesh.example.org';
    const restoreBackup = () => Promise.resolve(ok({ setAsideAs: null, mailboxesOff: [], accountLeftOut }));
    const args = ['restore', path('backup'), '--backup-passphrase-file', path('pass')];
    const { out } = await endymail(args, { restoreBackup });
    expect(out).toContain(`endymail device request ${accountLeftOut}`);
    const { json } = await endymail([...args, '--json'], { restoreBackup });
    expect(json()).toEqual({ setAsideAs: null, mailboxesOff: [], accountLeftOut });
  });

  it('starts over only after asking', async () => {
    expect((await endymail(['restore', '--start-over'])).exit).toBe(EXIT_CODES.needsPerson);
    const { exit, json } = await endymail(['restore', '--start-over', '--yes', '--json']);
    expect(exit).toBe(0);
    expect(json()).toEqual({ setAsideAs: '/home/alice/.local/share/endymail-aside' });
  });
});

describe('remove', () => {
  const removing = () => {
    let removed = 0;
    const remove: Agent['remove'] = () => {
      removed += 1;
      return Promise.resolve(ok(DONE));
    };
    return { agent: { remove }, removed: () => removed };
  };

  it('is not done without a word about a backup, whatever --yes says', async () => {
    const { agent, removed } = removing();
    const { exit, notes } = await endymail(['remove', '--yes'], { agent });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(notes).toContain('--without-backup');
    expect(removed()).toBe(0);
  });

  it('writes the backup first', async () => {
    const { agent, removed } = removing();
    const args = ['remove', '--yes', '--backup', path('all'), '--backup-passphrase-file', path('pass')];
    expect((await endymail(args, { agent })).exit).toBe(0);
    expect(readFileSync(path('all'), 'utf8')).toBe('sealed');
    expect(removed()).toBe(1);
  });

  it('is not done where the backup fails', async () => {
    const { agent, removed } = removing();
    const backup = () => Promise.resolve(err(failure('disk-full')));
    const args = ['remove', '--yes', '--backup', path('all'), '--backup-passphrase-file', path('pass')];
    expect((await endymail(args, { agent: { ...agent, backup } })).exit).toBe(EXIT_CODES.failed);
    expect(removed()).toBe(0);
  });

  it('offers a backup to a person', async () => {
    const { agent, removed } = removing();
    const answers = [path('all'), SECRET, SECRET, true];
    expect((await endymail(['remove'], { agent, answers })).exit).toBe(0);
    expect(readFileSync(path('all'), 'utf8')).toBe('sealed');
    expect(removed()).toBe(1);
    expect((await endymail(['remove', '--without-backup'], { agent, answers: [false] })).exit).toBe(3);
    expect(removed()).toBe(1);
  });
});
