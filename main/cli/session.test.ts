import { describe, expect, it } from 'vitest';
import { err, failure } from '@endymail/shared/result';
import { endymail, type Circumstances } from './testing/fakes.ts';

/** The keychain with which the agent was opened. */
async function opened(args: readonly string[], remembered: 'os' | 'file' | null): Promise<string | null> {
  let keychain: string | null = null;
  const openAgent: Circumstances['openAgent'] = (options) => {
    keychain = options.keychain;
    return Promise.resolve(err(failure('home-busy')));
  };
  await endymail(['peers', ...args], { rememberedKeychain: () => Promise.resolve(remembered), openAgent });
  return keychain;
}

describe('the keychain', () => {
  it('[SEC-4] is that of the system unless the person chose a file', async () => {
    expect(await opened([], null)).toBe('os');
    expect(await opened(['--keychain', 'file'], null)).toBe('file');
  });

  it('is the one that was chosen when the data was made, and never another in silence', async () => {
    expect(await opened([], 'file')).toBe('file');
    expect(await opened([], 'os')).toBe('os');
    expect(await opened(['--keychain', 'os'], 'file')).toBe('os');
  });
});

describe('a passphrase that nobody can be asked for', () => {
  it.each([
    [['backup', '--out', '/nowhere/b'], '--backup-passphrase-file'],
    [['export', 'alice@example.test', '--out', '/nowhere/a'], '--p12-passphrase-file'],
  ])('%j says which option gives it', async (args, option) => {
    const { exit, notes } = await endymail(args);
    expect(exit).toBe(2);
    expect(notes).toContain(option);
  });
});
