import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestHome, ENDYMAIL, runProgram, type TestHome } from '../harness/index.ts';
import { CHECKOUT } from '../layers/checkout.ts';

/** What is made here and not fetched with a clone. */
const MADE_HERE = /^(node_modules|.*\/node_modules|\.git|app\/dist|out|bench\/results\.json)(\/|$)/;

/** npm fetches some hundred packages where its cache has none. */
const INSTALL_LIMIT_MS = 240_000;

let home: TestHome;
let clone: string;

/** A machine that has Node and npm of its own, and nothing of this checkout on its PATH. */
function machineEnv(): Record<string, string> {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const cache = process.env['npm_config_cache'] ?? join(userInfo().homedir, '.npm');
  return { ...home.env, PATH: path.join(delimiter), npm_config_cache: cache, npm_config_update_notifier: 'false' };
}

beforeAll(async () => {
  home = createTestHome('install');
  clone = join(home.scratchFolder, 'a fresh clone');
  cpSync(CHECKOUT, clone, {
    recursive: true,
    filter: (path) => !MADE_HERE.test(relative(CHECKOUT, path)),
  });
  const install = await runProgram('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], {
    env: machineEnv(),
    cwd: clone,
    limitMs: INSTALL_LIMIT_MS,
  });
  if (install.code !== 0) throw new Error(install.stderr.toString());
}, INSTALL_LIMIT_MS);
afterAll(() => home.dispose());

async function inClone(program: string, args: readonly string[], cwd = clone) {
  const { code, stdout, stderr } = await runProgram(program, args, { env: machineEnv(), cwd, limitMs: 60_000 });
  return { code, stdout: stdout.toString(), stderr: stderr.toString() };
}

const npx = (...args: readonly string[]) => inClone('npx', ['--no-install', 'endymail', ...args]);
const bundles = (): string[] => readdirSync(join(clone, 'app', 'dist', 'cli'));

describe('after npm ci --ignore-scripts in a fresh copy of the sources', () => {
  test('npx runs the program of this folder, under the Node of the machine, and builds it once', async () => {
    const node = execFileSync('node', ['--version'], { env: machineEnv() }).toString().trim();
    const first = await npx('--version');
    expect([node, first]).toEqual([
      node,
      { code: 0, stdout: '0.1.0\n', stderr: 'Preparing Endymail for its first run …\n' },
    ]);
    expect(await npx('--version')).toEqual({ ...first, stderr: '' });
    expect(bundles()).toHaveLength(1);
  });

  test('it works from elsewhere by its path, and says nothing on stderr that is not its own', async () => {
    const program = join(clone, 'main', 'cli', 'bin', 'endymail.mjs');
    expect(await inClone('node', [program, 'mailboxes'], home.scratchFolder)).toEqual({
      code: 5,
      stdout: '',
      stderr: expect.stringMatching(
        /^(No Thunderbird was found on this computer|Thunderbird is installed, but was never started)\./,
      ) as string,
    });
    expect((await inClone('node', [program, 'help'], home.scratchFolder)).stderr).toBe('');
  });

  test('npm start ends without a terminal', async () => {
    const started = await inClone('npm', ['start', '--silent']);
    expect(started.code).toBe(5);
  });

  test('npm start tries to fetch Electron once a day at most, and goes on without', async () => {
    const bin = join(home.scratchFolder, 'bin');
    mkdirSync(bin);
    const node = execFileSync('sh', ['-c', 'command -v node'], { env: machineEnv() }).toString().trim();
    symlinkSync(node, join(bin, 'node'));
    // Nobody answers there; and there is no browser on this PATH.
    const nowhere = { ELECTRON_MIRROR: 'http://127.0.0.1:9/', electron_config_cache: join(home.scratchFolder, 'none') };
    const env = { ...machineEnv(), ...nowhere, PATH: bin, DISPLAY: ':99' };
    const start = async (): Promise<readonly [number | null, string]> => {
      const run = await runProgram(node, [join(clone, 'app', 'start', 'start.mjs')], { env, cwd: clone });
      return [run.code, run.stderr.toString()];
    };
    const neither = 'There is neither Electron nor a Chromium, Chrome, Edge or Brave';
    expect(await start()).toEqual([5, expect.stringMatching(`^Fetching Electron for the window, .*\n${neither}`)]);
    expect(await start()).toEqual([5, expect.stringMatching(`^${neither}`)]);
  });

  test('two that find it stale at the same time do not disturb each other', async () => {
    const touched = join(clone, 'main', 'cli', 'run.ts');
    utimesSync(touched, new Date(), new Date());
    const both = await Promise.all([npx('--version'), npx('mailboxes', '--json')]);
    expect(both.map(({ code }) => code)).toEqual([0, 5]);
    expect(JSON.parse(both[1].stdout)).toMatchObject({ error: { code: expect.any(String) as string } });
    expect(bundles().filter((name) => name.startsWith('.'))).toEqual([]);
    expect((await npx('--version')).stderr).toBe('');
  });
});

/** Which parts of the bundle a command loads, by V8's own account. */
async function loadedBy(args: readonly string[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(home.scratchFolder, 'loaded-'));
  const [node, ...rest] = ENDYMAIL;
  await runProgram(node, [...rest, ...args], { env: { ...home.env, NODE_V8_COVERAGE: folder } });
  const Coverage = v.object({ result: v.array(v.object({ url: v.string() })) });
  const urls = readdirSync(folder).flatMap((name) =>
    v.parse(Coverage, JSON.parse(readFileSync(join(folder, name), 'utf8'))).result.map(({ url }) => url),
  );
  rmSync(folder, { recursive: true });
  return urls.filter((url) => url.includes('/app/dist/cli/')).map((url) => url.replace(/.*\//, ''));
}

test('help and a mistyped command answer without the agent', async () => {
  const agent: unknown = expect.stringMatching(/^agent-/);
  expect(await loadedBy(['peers'])).toContainEqual(agent);
  expect(await loadedBy(['--help'])).not.toContainEqual(agent);
  expect(await loadedBy(['mailboxs'])).not.toContainEqual(agent);
});

describe('under a Node that is too old', () => {
  /** The same Node, which says that it is version 20; only the process that is given this says so. */
  const pretend = 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.18.0" } });';
  const preload = `--import=data:text/javascript,${encodeURIComponent(pretend)}`;
  const [node, program] = ENDYMAIL;

  test('it goes on under the Node that npm installed', async () => {
    const run = await runProgram(node, [preload, program, '--version'], { env: home.env });
    expect([run.code, run.stdout.toString(), run.stderr.toString()]).toEqual([0, '0.1.0\n', '']);
    const usage = await runProgram(node, [preload, program, 'mailboxs'], { env: home.env });
    expect(usage.code).toBe(2);
  });

  test('and where that one is too old as well, it says what to install', async () => {
    const env = { ...home.env, NODE_OPTIONS: preload };
    const run = await runProgram(node, [program, '--version'], { env });
    expect([run.code, run.stdout.toString()]).toEqual([1, '']);
    expect(run.stderr.toString()).toMatch(/^Endymail needs Node 24\.15 or newer; this is 20\.18\.0\./);
  });
});

describe('a reader that goes away, and a disk that is full', () => {
  const piped = (line: string) => runProgram('sh', ['-c', line, ...ENDYMAIL], { env: home.env });

  test('head ends it without a word', async () => {
    const run = await piped('"$0" "$1" --help 2>&1 | head -n 1');
    expect(run.stdout.toString().split('\n')).toHaveLength(2);
    expect(run.stderr.toString()).toBe('');
    const closed = await piped('"$0" "$1" --help | true; "$0" "$1" --help | head -c 0');
    expect(closed.stderr.toString()).toBe('');
  });

  test('an answer that can not be written is a failure', async () => {
    const run = await piped('"$0" "$1" --help > /dev/full');
    expect(run.code).toBe(1);
    expect(run.stderr.toString()).toMatch(/^The answer could not be written: ENOSPC/);
  });
});
