import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createTestHome,
  createThunderbirdProfile,
  endProgram,
  endymail,
  endymailDone,
  requirePrograms,
  startProgram,
  until,
  type EndymailRun,
  type TestHome,
} from '../harness/index.ts';
import { hasEnded } from '../harness/child.ts';

const ALICE = 'alice@example.test';

let home: TestHome;
let keychain: readonly string[];
beforeEach(() => {
  requirePrograms('thunderbird', 'certutil');
  home = createTestHome('in the background');
  createThunderbirdProfile({ home, smtpPort: 2525, identities: [{ address: ALICE, name: 'Alice' }] });
  const passphraseFile = join(home.scratchFolder, 'passphrase');
  writeFileSync(passphraseFile, 'four random words here\n', { mode: 0o600 });
  keychain = ['--keychain', 'file', '--passphrase-file', passphraseFile];
});
afterEach(() => home.dispose());

const done = (...args: string[]): Promise<EndymailRun> => endymailDone([...args, '--json', ...keychain], { home });

/** There is no session bus in the tests: what would have to be asked of systemd is named. */
const Installed = v.object({
  state: v.literal('installed'),
  name: v.literal('endymail.service'),
  file: v.string(),
  byHand: v.array(v.array(v.string())),
});

interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
}

let starts = 0;

/** What the unit says, started as systemd would: nothing of a terminal is there. */
function startAsUnit(unit: string): Started {
  starts += 1;
  const [, line = ''] = /^ExecStart=(.*)$/m.exec(readFileSync(unit, 'utf8')) ?? [];
  const [program = '', ...args] = [...line.matchAll(/"([^"\\]*)"/g)].map(([, word = '']) => word.replaceAll('%%', '%'));
  const logFile = join(home.scratchFolder, `unit-${starts}.log`);
  const child = startProgram(program.replace(/^:/, ''), args, { env: home.env, logFile });
  home.onDispose(() => endProgram(child));
  return { child, said: () => readFileSync(logFile, 'utf8') };
}

const untilItSays = ({ child, said }: Started, words: string): Promise<boolean> =>
  until(words, () => {
    if (hasEnded(child) && !said().includes(words))
      throw new Error(`It ended with ${String(child.exitCode)}:\n${said()}`);
    return said().includes(words);
  });

const untilEnded = async ({ child }: Started): Promise<number | null> => {
  if (!hasEnded(child)) await once(child, 'exit');
  return child.exitCode;
};

test('[SEC-144] it takes the place of one that ends, says when nobody served, and goes with everything', async () => {
  await done('enable', ALICE, '--yes');
  const asked = await endymail(['serve', '--install', '--json', ...keychain], { home });
  const { file } = v.parse(Installed, asked.json());
  expect(asked.code).toBe(3);
  const lastServed = join(home.endymailFolder, 'last-served.json');
  const at = new Date(Date.now() - 3 * 24 * 60 * 60 * 1_000).toISOString();
  writeFileSync(lastServed, JSON.stringify({ version: 1, at, gap: null }), { mode: 0o600 });

  const first = startAsUnit(file);
  await untilItSays(first, `not at work from ${new Date(at).toLocaleString()}`);
  const second = startAsUnit(file);
  await untilItSays(second, 'goes on when that ends');
  first.child.kill('SIGKILL');
  await untilItSays(second, 'works in the background');
  expect((await done('mailboxes')).json()).toMatchObject({ rows: [{ address: ALICE, state: 'ready' }] });

  await done('remove', '--without-backup', '--yes');
  expect(await untilEnded(second)).toBe(0);
  expect([existsSync(file), existsSync(home.endymailFolder)]).toEqual([false, false]);
  expect(existsSync(join(home.folder, '.config'))).toBe(false);
});

test('one that stands by ends when it is told to, and lets the other one serve on', async () => {
  await done('settings');
  const { file } = v.parse(Installed, (await endymail(['serve', '--install', '--json', ...keychain], { home })).json());
  const first = startAsUnit(file);
  await untilItSays(first, 'works in the background');
  const second = startAsUnit(file);
  await untilItSays(second, 'goes on when that ends');
  await endProgram(second.child);
  expect(second.child.exitCode).toBe(0);
  const gone = await endymail(['serve', '--uninstall', '--json', ...keychain], { home });
  expect(gone.json()).toMatchObject({
    state: 'none',
    byHand: [['systemctl', '--user', 'stop', 'endymail.service'], {}],
  });
  expect(hasEnded(first.child)).toBe(false);
  await endProgram(first.child);
  expect(first.said()).toContain('Stopped.');
});
