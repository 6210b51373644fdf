import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { upToDateWindow } from '../../app/build/window.mjs';
import { runProgram } from '../harness/child.ts';
import type { TestHome } from '../harness/test-home.ts';
import { expect, test } from './fixtures.ts';

const { version } = v.parse(
  v.object({ version: v.string() }),
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')),
);

const HOST = fileURLToPath(new URL('../host/run.ts', import.meta.url));

/** Runs the program of the window as another one, by its first argument. */
async function runAs(home: TestHome, args: readonly string[], input?: string) {
  const command = [HOST, await upToDateWindow(), ...args];
  return runProgram(process.execPath, command, { env: home.env, ...(input === undefined ? {} : { input }) });
}

test('the same program is the command line, and opens no window then', async ({ home }) => {
  const run = await runAs(home, ['--cli', 'mailboxes', '--json']);
  expect(JSON.parse(run.stdout.toString())).toMatchObject({ error: { code: expect.any(String) as unknown } });
  expect(run.code).not.toBe(0);
  const asked = await runAs(home, ['--cli', '--version']);
  expect([asked.code, asked.stdout.toString()]).toEqual([0, `${version}\n`]);
});

test('the same program reaches the keychain for the agent: one request, one answer', async ({ home }) => {
  const request = { operation: 'read', service: 'Endymail', account: 'nobody' };
  const run = await runAs(home, ['--endymail-keytar'], `${JSON.stringify(request)}\n`);
  expect(run.code).toBe(0);
  expect(JSON.parse(run.stdout.toString())).toMatchObject({ kind: expect.stringMatching(/^(value|error)$/) });
});
