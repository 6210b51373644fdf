import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, valueOf } from '../testing/world.ts';
import { createBackgroundService, type BackgroundService } from './background-service.ts';
import { logonTask } from './logon-task.ts';
import type { CommandLine } from './supervised.ts';

const SERVE: CommandLine = ['/opt/node', '/opt/with space/endymail.mjs', 'serve'];

let root: string;
let homeDir: string;
let home: string;
let asked: string[];
let isReached: boolean;
/** What the system keeps running. */
let running: boolean;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'endymail-background-'));
  homeDir = join(root, 'a person');
  home = join(homeDir, '.local/share/endymail');
  mkdirSync(homeDir);
  asked = [];
  [isReached, running] = [true, false];
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function service(of = home, platform: NodeJS.Platform = 'linux', env: Record<string, string> = {}): BackgroundService {
  return createBackgroundService({
    system: { platform, homeDir, env, now: () => new Date() },
    home: of,
    userId: 501,
    run: (command) => {
      const line = command.join(' ');
      asked.push(line);
      if (!isReached) return Promise.resolve(false);
      if (/ (is-active|print) /.test(line)) return Promise.resolve(running);
      if (/ (start|bootstrap) /.test(line)) running = true;
      if (/ (stop|bootout) /.test(line)) running = false;
      return Promise.resolve(true);
    },
  });
}

const units = (): string => join(homeDir, '.config/systemd/user');
const unit = (): string => join(units(), 'endymail.service');
const link = (): string => join(units(), 'default.target.wants/endymail.service');
const install = async (serve = SERVE) => valueOf(await service().install(serve));

describe('a home that is served in the background', () => {
  it('is started with the session and at once', async () => {
    expect(await install()).toMatchObject({ state: 'installed', file: unit(), isRunning: true, byHand: [] });
    expect(readFileSync(unit(), 'utf8')).toContain('ExecStart=":/opt/node" "/opt/with space/endymail.mjs" "serve"\n');
    expect(readFileSync(link(), 'utf8')).toBe(readFileSync(unit(), 'utf8'));
    expect(asked.slice(0, 2)).toEqual(['systemctl --user daemon-reload', 'systemctl --user start endymail.service']);
  });

  it('[SEC-144] leaves nothing when it is taken away, and what was there before as it was', async () => {
    mkdirSync(join(homeDir, '.config/systemd'), { recursive: true });
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'state.sealed'), 'sealed');
    await install();
    expect(valueOf(await service().takeAway({ stops: true }))).toMatchObject({ state: 'none', isRunning: false });
    expect(readdirSync(join(homeDir, '.config/systemd'))).toEqual([]);
    expect(readdirSync(home)).toEqual(['state.sealed']);
    expect(asked).toContain('systemctl --user stop endymail.service');
  });

  it('is only told to start no more where that is asked for by what it runs', async () => {
    await install();
    asked = [];
    valueOf(await service().takeAway({ stops: false }));
    expect(asked).toEqual(['systemctl --user daemon-reload']);
    expect([existsSync(unit()), existsSync(home)]).toEqual([false, false]);
  });

  it('stays what it is when it is installed twice, and becomes what it is to be', async () => {
    await install();
    await install();
    await install(['/opt/newer', 'serve']);
    expect(readFileSync(unit(), 'utf8')).toContain('ExecStart=":/opt/newer" "serve"\n');
    expect(await service().status()).toMatchObject({ state: 'installed', isRunning: true });
    valueOf(await service().takeAway({ stops: true }));
    expect(existsSync(join(homeDir, '.config'))).toBe(false);
  });

  it('starts at the next login where the system can not be asked, and says what to run', async () => {
    isReached = false;
    expect((await install()).byHand.map((line) => line.join(' '))).toEqual([
      'systemctl --user daemon-reload',
      'systemctl --user start endymail.service',
    ]);
    expect(existsSync(link())).toBe(true);
  });

  it('[SEC-144] takes the place of nothing that it did not write', async () => {
    mkdirSync(units(), { recursive: true });
    writeFileSync(unit(), 'mine');
    expect(codeOf(await service().install(SERVE))).toBe('file-exists');
    expect(readFileSync(unit(), 'utf8')).toBe('mine');
    rmSync(unit());
    symlinkSync(join(homeDir, 'elsewhere'), unit());
    expect(codeOf(await service().install(SERVE))).toBe('file-exists');
    expect(existsSync(join(homeDir, 'elsewhere'))).toBe(false);
  });

  it('[SEC-144] keeps a file that was changed by hand, says so, and starts by it no more', async () => {
    await install();
    writeFileSync(unit(), '# mine');
    expect(await service().status()).toMatchObject({ state: 'changed' });
    expect(codeOf(await service().install(SERVE))).toBe('file-exists');
    expect(valueOf(await service().takeAway({ stops: true }))).toMatchObject({ state: 'changed', file: unit() });
    expect(readFileSync(unit(), 'utf8')).toBe('# mine');
    expect(existsSync(link())).toBe(false);
  });

  it('is put back where its file is gone', async () => {
    await install();
    rmSync(unit());
    expect(await service().status()).toMatchObject({ state: 'missing' });
    await install();
    expect(await service().status()).toMatchObject({ state: 'installed' });
  });

  it('is finished after an end between what is noted and what is written', async () => {
    await install();
    const before = readFileSync(unit());
    await install(['/opt/newer', 'serve']);
    writeFileSync(unit(), before);
    await install(['/opt/newest', 'serve']);
    expect(readFileSync(unit(), 'utf8')).toContain('newest');
  });

  it('is another one for another home', async () => {
    const other = service(join(homeDir, 'other'));
    await install();
    const installed = valueOf(await other.install(SERVE));
    expect(installed.name).toMatch(/^endymail-[0-9a-f]{16}\.service$/);
    valueOf(await other.takeAway({ stops: true }));
    expect(existsSync(unit())).toBe(true);
  });

  it('moves with the folder of settings', async () => {
    await install();
    const elsewhere = join(homeDir, 'settings');
    valueOf(await service(home, 'linux', { XDG_CONFIG_HOME: elsewhere }).install(SERVE));
    expect(existsSync(units())).toBe(false);
    expect(existsSync(join(elsewhere, 'systemd/user/default.target.wants/endymail.service'))).toBe(true);
  });

  it('has words quoted as systemd reads them', async () => {
    await install(['/opt/100%/n"o\\de', '$HOME', 'a b']);
    expect(readFileSync(unit(), 'utf8')).toContain('ExecStart=":/opt/100%%/n\\"o\\\\de" "$HOME" "a b"\n');
  });
});

describe('elsewhere', () => {
  it('is an agent of launchd on a Mac', async () => {
    const mac = service(join(homeDir, 'Library/Application Support/Endymail'), 'darwin');
    const { file } = valueOf(await mac.install(['/opt/a & b', 'serve']));
    expect(file).toBe(join(homeDir, 'Library/LaunchAgents/org.endymail.serve.plist'));
    expect(readFileSync(file, 'utf8')).toContain('<string>/opt/a &amp; b</string>');
    expect(asked).toContain(`launchctl bootstrap gui/501 ${file}`);
    valueOf(await mac.takeAway({ stops: true }));
    expect(asked).toContain('launchctl bootout gui/501/org.endymail.serve');
    expect(existsSync(dirname(file))).toBe(false);
  });

  it('is a task of this person at their logon on Windows', () => {
    const system = {
      platform: 'win32',
      homeDir,
      env: { USERDOMAIN: 'PC', USERNAME: 'Al & Ice' },
      now: () => new Date(),
    } as const;
    const { file, wrote, removed } = logonTask(system, 'endymail', 'C:\\home', [
      'C:\\node.exe',
      'C:\\a b\\',
      'say "x"',
    ]);
    const xml = Buffer.from(file.content).toString('utf16le');
    expect(xml.startsWith('\uFEFF<?xml')).toBe(true);
    expect(xml).toContain('<UserId>PC\\Al &amp; Ice</UserId>');
    expect(xml).toContain('<Arguments>&quot;C:\\a b\\\\&quot; &quot;say \\&quot;x\\&quot;&quot;</Arguments>');
    expect(wrote).toEqual([['schtasks', '/Create', '/TN', 'endymail', '/XML', 'C:\\home\\background-task.xml', '/F']]);
    expect(removed).toEqual([['schtasks', '/Delete', '/TN', 'endymail', '/F']]);
  });
});
