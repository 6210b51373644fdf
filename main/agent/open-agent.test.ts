import { mkdtempSync, rmSync } from 'node:fs';
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
