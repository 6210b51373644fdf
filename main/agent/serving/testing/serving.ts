import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { System } from '../../system.ts';
import { valueOf } from '../../testing/world.ts';
import { connectAgent, type ConnectedAgent } from '../connect-agent.ts';
import { serveAgent, type ServeOptions, type Serving } from '../serve-agent.ts';

/** A person's folder of its own, with one Thunderbird profile and alice's mailbox in it, and Endymail's home. */
export interface Ground extends AsyncDisposable {
  readonly home: string;
  readonly profile: string;
  readonly system: System;
  serve(more?: Partial<ServeOptions>): Promise<Serving>;
  connect(command?: string): Promise<ConnectedAgent>;
}

const PREFS = [
  ['mail.accountmanager.accounts', 'account1'],
  ['mail.account.account1.server', 'server1'],
  ['mail.account.account1.identities', 'id1'],
  ['mail.server.server1.type', 'imap'],
  ['mail.server.server1.hostname', 'imap.test'],
  ['mail.server.server1.userName', 'alice'],
  ['mail.identity.id1.useremail', 'alice@example.test'],
  ['mail.identity.id1.fullName', 'Alice Example'],
];

/** `homeName`: the name of Endymail's own folder in the person's. */
export function makeGround(homeName = 'endymail'): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'endymail-serving-'));
  const profile = join(folder, '.thunderbird', 'default');
  mkdirSync(profile, { recursive: true });
  writeFileSync(
    join(profile, '..', 'profiles.ini'),
    '[Profile0]\nName=default\nIsRelative=1\nPath=default\nDefault=1\n',
  );
  writeFileSync(
    join(profile, 'prefs.js'),
    PREFS.map(([name, value]) => `user_pref("${name}", "${value}");\n`).join(''),
  );
  const home = join(folder, homeName);
  const env = { HOME: folder, XDG_RUNTIME_DIR: join(folder, 'run') };
  mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 });
  const system: System = { platform: 'linux', homeDir: folder, env, now: () => new Date() };
  const servings: Serving[] = [];
  return {
    home,
    profile,
    system,
    async serve(more = {}) {
      const serving = valueOf(await serveAgent({ home, system, command: 'endymail window', ...more }));
      servings.push(serving);
      return serving;
    },
    connect: async (command = 'endymail test') => valueOf(await connectAgent({ home, command })),
    async [Symbol.asyncDispose]() {
      await Promise.all(servings.map((serving) => serving.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
