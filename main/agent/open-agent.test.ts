import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ok, Redacted } from '@endymail/shared/result';
import type { Agent } from './agent.ts';
import { openAgent } from './open-agent.ts';
import { codeOf, valueOf } from './testing/world.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'endymail-open-agent-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const open = async (): Promise<Agent> =>
  valueOf(
    await openAgent({
      home: join(folder, 'endymail'),
      keychain: 'file',
      passphrase: () => Promise.resolve(ok(new Redacted('four random words here'))),
      system: { platform: 'linux', homeDir: folder, env: {}, now: () => new Date() },
      command: 'a test',
    }),
  );

it('writes nothing over the settings that another agent has made in the meantime', async () => {
  const first = await open();
  const second = await open();
  valueOf(await second.changeSettings({ autoDisable: false }));
  second.close();
  expect(codeOf(await first.changeSettings({ autoDisable: true }))).toBe('home-busy');
  first.close();
  const third = await open();
  expect(valueOf(await third.settings())).toEqual({ autoDisable: false });
  third.close();
});

it('writes nothing over a folder that another agent has added in the meantime, and finds what is in it from then on', async () => {
  const usb = join(folder, 'usb', 'abc.work');
  mkdirSync(usb, { recursive: true });
  writeFileSync(join(usb, 'prefs.js'), PREFS);
  const before = contentOf(usb);
  const first = await open();
  const second = await open();
  valueOf(await second.addFolder(usb));
  second.close();
  expect(codeOf(await first.changeSettings({ autoDisable: false }))).toBe('home-busy');
  first.close();
  const third = await open();
  expect(valueOf(await third.folders())).toEqual([realpathSync(usb)]);
  expect(valueOf(await third.mailboxes()).rows.map(({ address }) => address)).toEqual(['alice@work.test']);
  expect(contentOf(usb)).toEqual(before);
  rmSync(usb, { recursive: true });
  expect(valueOf(await third.mailboxes()).problems.map(({ code }) => code)).toEqual(['folder-missing']);
  third.close();
});

const PREFS = `
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.server.server1.type", "imap");
user_pref("mail.identity.id1.useremail", "alice@work.test");
`;

const contentOf = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));
