import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeytarRunner } from '../../keychain/index.ts';
import type { System } from '../../system.ts';
import { valueOf } from '../../testing/world.ts';
import { connectAgent, type ConnectedAgent } from '../connect-agent.ts';
import { serveAgent, type ServeOptions, type Serving } from '../serve-agent.ts';

/** A person's folder of its own, with one Thunderbird profile and alice's mailbox in it, and Endymail's home. */
export interface Ground extends AsyncDisposable {
  readonly home: string;
  readonly profile: string;
  readonly system: System;
  /** Stands for the keychain of the system. Protects nothing: what it keeps lies open in a folder. */
  readonly keychain: KeytarRunner;
  /** How often it was asked for something. */
  keychainCalls(): number;
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

const KEYCHAIN = `
  const fs = require('node:fs');
  const folder = process.argv[1];
  const { operation, account, secret } = JSON.parse(fs.readFileSync(0, 'utf8'));
  fs.appendFileSync(folder + '/calls', '.');
  const file = folder + '/' + account;
  if (operation === 'write') fs.writeFileSync(file, secret);
  if (operation === 'delete') fs.rmSync(file, { force: true });
  const value = operation === 'read' && fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
  process.stdout.write(JSON.stringify({ kind: 'value', value }));
`;

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
  const keychainFolder = join(folder, 'keychain');
  mkdirSync(keychainFolder);
  const keychain = { program: process.execPath, args: ['--eval', KEYCHAIN, keychainFolder] };
  const servings: Serving[] = [];
  return {
    home,
    profile,
    system,
    keychain,
    keychainCalls: () => {
      const calls = join(keychainFolder, 'calls');
      return existsSync(calls) ? statSync(calls).size : 0;
    },
    async serve(more = {}) {
      const serving = valueOf(await serveAgent({ home, system, command: 'endymail window', keychain, ...more }));
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
