import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestHome, endymailDone, type TestHome } from '../harness/index.ts';

let home: TestHome;
let other: TestHome;

beforeEach(() => {
  home = createTestHome('here');
  other = createTestHome('other');
});

afterEach(async () => {
  await other.dispose();
  await home.dispose();
});

const Account = v.object({
  service: v.object({ kind: v.string(), address: v.string() }),
  pin: v.object({ fingerprint: v.string(), how: v.string() }),
  here: v.object({ names: v.array(v.string()) }),
});

/** What the program answers in JSON, with a keychain under a passphrase. */
async function said(on: TestHome, ...args: readonly string[]): Promise<unknown> {
  const passphraseFile = join(on.scratchFolder, 'passphrase');
  writeFileSync(passphraseFile, 'four random words here\n', { mode: 0o600 });
  const keychain = ['--keychain', 'file', '--passphrase-file', passphraseFile];
  const run = await endymailDone([...args, '--json', ...keychain], { home: on });
  return JSON.parse(run.stdout);
}

test('[SEC-118] an account is made on this computer, by the program, and found there by the next command', async () => {
  const made = v.parse(Account, await said(home, 'account', 'create', 'alice', '--here'));
  expect(made).toMatchObject({ service: { kind: 'here' }, pin: { how: 'own' }, here: { names: [] } });
  const shown = v.parse(Account, await said(home, 'account', 'reachable', 'on'));
  expect(shown.pin).toEqual(made.pin);
  expect(shown.here.names[0]).toMatch(/^alice@[\d.]+:\d+$/);
  expect(await said(home, 'sync')).toMatchObject({ unsent: 0, problem: null });
});
