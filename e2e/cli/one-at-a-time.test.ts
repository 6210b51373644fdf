import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createTestHome,
  endProgram,
  ENDYMAIL,
  endymail,
  endymailDone,
  runProgram,
  startProgram,
  until,
  type TestHome,
} from '../harness/index.ts';

let home: TestHome;
let keychain: readonly string[];
let pipe: string;

beforeEach(async () => {
  home = createTestHome('one');
  const passphraseFile = join(home.scratchFolder, 'passphrase');
  writeFileSync(passphraseFile, 'four random words here\n', { mode: 0o600 });
  keychain = ['--keychain', 'file', '--passphrase-file', passphraseFile];
  await endymailDone(['settings', '--auto-disable', 'off', ...keychain], { home });
  pipe = join(home.scratchFolder, 'pipe');
  await runProgram('mkfifo', [pipe]);
});
afterEach(() => home.dispose());

/** A backup that owns the data until its passphrase comes through the pipe. */
async function startHolder() {
  const logFile = join(home.scratchFolder, 'holder.log');
  const args = ['backup', '--out', join(home.scratchFolder, 'held'), '--backup-passphrase-file', pipe, ...keychain];
  const child = startProgram(ENDYMAIL[0], [ENDYMAIL[1], ...args, '--home', home.endymailFolder], {
    env: home.env,
    logFile,
  });
  home.onDispose(() => endProgram(child));
  const holder = join(home.endymailFolder, 'holder.json');
  await until('the first command to hold the data', () => {
    return existsSync(holder) && readFileSync(holder, 'utf8').includes(`"pid":${child.pid ?? 0}`);
  });
  return { child };
}

test('[SEC-32] a second command waits for the first, and says who holds the data when that goes on', async () => {
  const { child } = await startHolder();
  const began = Date.now();
  const second = await endymail(['peers', '--json', ...keychain], { home });
  expect(Date.now() - began).toBeGreaterThanOrEqual(10_000);
  expect(second.code).toBe(1);
  expect(second.json()).toMatchObject({ error: { code: 'home-busy', retry: true } });
  expect(second.stdout).toContain('endymail backup');
  expect(second.stdout).toContain(String(child.pid));
  expect(second.stderr).toContain('another Endymail is at work');
});

test('[SEC-32] a second command goes on when the first has ended', async () => {
  const { child } = await startHolder();
  const logFile = join(home.scratchFolder, 'second.log');
  const args = ['settings', '--json', ...keychain, '--home', home.endymailFolder];
  const second = startProgram(ENDYMAIL[0], [ENDYMAIL[1], ...args], { env: home.env, logFile });
  home.onDispose(() => endProgram(second));
  await until('the second to say that it waits', () =>
    readFileSync(logFile, 'utf8').includes('another Endymail is at work'),
  );
  const ends = Promise.all([once(child, 'exit'), once(second, 'exit')]);
  writeFileSync(pipe, 'other words, for the backup\n');
  await ends;
  expect([child.exitCode, second.exitCode]).toEqual([0, 0]);
  expect(readFileSync(logFile, 'utf8')).toContain('"autoDisable": false');
});
