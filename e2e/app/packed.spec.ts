import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll } from '@electron/asar';
import * as v from 'valibot';
import { runProgram } from '../harness/child.ts';
import { startKeyring } from '../harness/keyring.ts';
import { pack } from '../package/packed.ts';
import { expect, test } from './fixtures.ts';

const HOST = fileURLToPath(new URL('../host/run.ts', import.meta.url));

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const { version } = v.parse(
  v.object({ version: v.string() }),
  JSON.parse(readFileSync(join(CHECKOUT, 'package.json'), 'utf8')),
);

/** A folder with the app as it was packed: what the archive holds and the native module beside it. */
let appFolder: string;
let into: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  into = mkdtempSync(join(tmpdir(), 'endymail-packed-'));
  appFolder = join(into, 'extracted');
  const [packed] = await pack(into, [process.arch === 'arm64' ? 'linux-arm64' : 'linux-x64']);
  extractAll(packed?.asar ?? '', appFolder);
});

test.afterAll(() => {
  rmSync(into, { recursive: true, force: true });
});

test.describe('the app as it was packed', () => {
  test('opens its window and finds out that there is no mail client', async ({ launchApp }) => {
    const app = await launchApp({ appFolder });
    const page = await app.firstWindow();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Thunderbird/);
    expect(app.addressOf(page)).toMatch(/^app:\/\//);
  });

  test('is the command line after --cli', async ({ home }) => {
    const cli = (...args: readonly string[]) =>
      runProgram(process.execPath, [HOST, appFolder, '--cli', ...args], { env: home.env });
    const asked = await cli('--version');
    expect([asked.code, asked.stdout.toString()]).toEqual([0, `${version}\n`]);
    const mailboxes = await cli('mailboxes', '--json');
    expect(JSON.parse(mailboxes.stdout.toString())).toMatchObject({
      error: { code: expect.stringMatching(/^(no-client|client-unused)$/) as unknown },
    });
    expect(mailboxes.code).not.toBe(0);
  });

  test('reaches the keychain with the keytar that is packed, in a process of its own', async ({ home }) => {
    await using keyring = await startKeyring({ home: home.folder });
    const request = async (operation: string, secret?: string): Promise<unknown> => {
      const input = `${JSON.stringify({ operation, service: 'packed', account: 'test', secret })}\n`;
      const end = await runProgram(process.execPath, [HOST, appFolder, '--endymail-keytar'], {
        env: { ...home.env, ...keyring.env },
        input,
      });
      return JSON.parse(end.stdout.toString());
    };
    expect(await request('write', 'a secret')).toEqual({ kind: 'value', value: null });
    expect(await request('read')).toEqual({ kind: 'value', value: 'a secret' });
    expect(await request('delete')).toEqual({ kind: 'value', value: null });
  });
});
