import {
  appendFileSync,
  existsSync,
  readFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Redacted } from '@endymail/shared/result';
import { openAgent } from '../open-agent.ts';
import { codeOf, valueOf } from '../testing/world.ts';
import { connectAgent, type ConnectedAgent } from './connect-agent.ts';
import { readEndpoint, servingLayoutOf } from './endpoint.ts';
import { rawClient } from './testing/raw-client.ts';
import { serveAgent } from './serve-agent.ts';
import { makeGround, type Ground } from './testing/serving.ts';

const PASSPHRASE = new Redacted('four random words here');

let ground: Ground;
beforeEach(() => {
  ground = makeGround();
});
afterEach(() => ground[Symbol.asyncDispose]());

/** Everything that this client is told by itself. */
function heard(agent: ConnectedAgent): string[] {
  const events: string[] = [];
  agent.on('changed', () => events.push('changed'));
  agent.on('status', ({ kind }) => events.push(`status ${kind}`));
  return events;
}

/** A client on new data: with its key in the keychain, or under a passphrase. */
async function withData(passphrase: Redacted<string> | null = null): Promise<ConnectedAgent> {
  const agent = await ground.connect();
  expect(valueOf(await agent.open(passphrase))).toEqual({ kind: 'open' });
  valueOf(await agent.changeSettings({ autoDisable: false }));
  return agent;
}

/** The same home, opened without anybody who serves. */
const openAlone = (waitForLockMs = 0) =>
  openAgent({
    home: ground.home,
    system: ground.system,
    keychain: 'os',
    keytar: ground.keychain,
    passphrase: () => Promise.reject(new Error('not asked for here')),
    command: 'endymail test',
    waitForLockMs,
  });

describe('a served home', () => {
  it('is answered from as by the agent itself', async () => {
    await ground.serve();
    const agent = await ground.connect();
    expect(valueOf(await agent.open(null))).toEqual({ kind: 'open' });
    const { rows } = valueOf(await agent.mailboxes());
    expect(rows.map(({ address, state }) => [address, state])).toEqual([['alice@example.test', 'off']]);
    expect(valueOf(await agent.people())).toEqual([]);
    expect(valueOf(await agent.folders())).toEqual([]);
    expect(codeOf(await agent.check(null))).toBe('mailbox-not-enabled');
    expect(codeOf(await agent.readPublicPart('nothing'))).toBe('public-part-invalid');
  });

  it('leaves nothing where nothing was remembered', async () => {
    const serving = await ground.serve();
    const agent = await ground.connect();
    expect(await agent.stop()).toMatchObject({ ok: true });
    await serving.closed;
    expect(existsSync(ground.home)).toBe(false);
    expect(codeOf(await agent.people())).toBe('agent-gone');
  });

  it('[SEC-32] is served by one process, which is named', async () => {
    await ground.serve();
    const second = await serveAgent({ home: ground.home, system: ground.system, command: 'endymail second' });
    expect(second).toMatchObject({ ok: false, error: { code: 'home-busy' } });
    expect(second.ok ? '' : second.error.message).toContain(`"endymail window" (process ${process.pid})`);
  });

  it('is served by one of those who begin at the same time', async () => {
    const { home, system } = ground;
    const all = await Promise.all([1, 2, 3].map((n) => serveAgent({ home, system, command: `endymail ${n}` })));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    const agent = await ground.connect();
    expect((await agent.status()).ok).toBe(true);
    await agent.stop();
  });

  it('can be served where its path is too long for a socket', async () => {
    await using far = makeGround('x'.repeat(120));
    await far.serve();
    const agent = await far.connect();
    expect((await agent.settings()).ok).toBe(true);
    expect((await readEndpoint(servingLayoutOf(far.home)))?.socket).not.toContain(far.home);
  });

  it('[SEC-34] has a new token each time', async () => {
    const { endpoint } = servingLayoutOf(ground.home);
    const first = await ground.serve();
    const token = readFileSync(endpoint, 'utf8');
    await first.stop();
    await ground.serve();
    expect(readFileSync(endpoint, 'utf8')).not.toBe(token);
  });

  it('takes the place of a process that was killed', async () => {
    const serving = await ground.serve();
    const layout = servingLayoutOf(ground.home);
    const left = await readEndpoint(layout);
    // What a killed process leaves: its file, and a socket that nobody listens on.
    linkSync(left?.socket ?? '', join(ground.home, 'kept'));
    const file = readFileSync(layout.endpoint);
    await serving.stop();
    mkdirSync(layout.folder, { mode: 0o700 });
    renameSync(join(ground.home, 'kept'), left?.socket ?? '');
    writeFileSync(layout.endpoint, file, { mode: 0o600 });
    expect(await readEndpoint(layout)).not.toBeNull();
    expect(codeOf(await connectAgent({ home: ground.home, command: 'endymail test' }))).toBe('agent-gone');
    await ground.serve();
    expect((await (await ground.connect()).settings()).ok).toBe(true);
    expect(existsSync(left?.socket ?? '')).toBe(false);
  });
});

describe('what is told to everybody', () => {
  it('a change by one, after the answer; and nothing for what only looks', async () => {
    await ground.serve();
    const [one, other] = [await withData(), await ground.connect()];
    const events = heard(other);
    valueOf(await one.mailboxes());
    valueOf(await one.settings());
    expect(events).toEqual([]);
    valueOf(await one.changeSettings({ autoDisable: true }));
    await expect.poll(() => events).toEqual(['changed']);
    expect(valueOf(await other.settings())).toEqual({ autoDisable: true });
  });

  it('that Thunderbird was opened, closed, or has written something', async () => {
    await ground.serve();
    const agent = await ground.connect();
    valueOf(await agent.mailboxes());
    const events = heard(agent);
    const thunderbird = new DatabaseSync(join(ground.profile, '.parentlock'));
    thunderbird.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    await expect.poll(() => events.length, { timeout: 10_000 }).toBe(1);
    expect(valueOf(await agent.mailboxes()).rows[0]?.places[0]?.profile.running).toBe(true);
    thunderbird.close();
    await expect.poll(() => events.length, { timeout: 10_000 }).toBe(2);
    valueOf(await agent.mailboxes());
    appendFileSync(join(ground.profile, 'prefs.js'), 'user_pref("a", 1);\n');
    await expect.poll(() => events.length, { timeout: 10_000 }).toBe(3);
  });
});

describe('a home that can not be opened', () => {
  it('is served all the same, with the reason, and opened when it is asked for', async () => {
    await ground.serve();
    await (await withData(PASSPHRASE)).stop();
    await ground.serve();
    const agent = await ground.connect();
    await expect
      .poll(async () => valueOf(await agent.status()))
      .toMatchObject({ kind: 'closed', keychain: 'file', failure: { code: 'passphrase-needed' } });
    expect(codeOf(await agent.settings())).toBe('passphrase-needed');
    const events = heard(agent);
    expect(valueOf(await agent.open(new Redacted('quite another passphrase')))).toMatchObject({
      failure: { code: 'passphrase-wrong' },
    });
    expect(valueOf(await agent.open(PASSPHRASE))).toEqual({ kind: 'open' });
    expect(valueOf(await agent.settings())).toEqual({ autoDisable: false });
    expect(events).toEqual(['status closed', 'status open']);
  });

  it('is opened by itself when the command that has it now has ended', async () => {
    await ground.serve();
    await (await withData()).stop();
    const alone = valueOf(await openAlone());
    await ground.serve();
    const agent = await ground.connect();
    const events = heard(agent);
    await expect
      .poll(async () => valueOf(await agent.status()))
      .toMatchObject({ kind: 'closed', failure: { code: 'home-busy' } });
    alone.close();
    await expect.poll(() => events.at(-1), { timeout: 10_000 }).toBe('status open');
    expect(valueOf(await agent.settings())).toEqual({ autoDisable: false });
  });

  it('does not ask the keychain at the start of a session', async () => {
    await ground.serve();
    await (await withData()).stop();
    await ground.serve({ mayPrompt: false });
    const agent = await ground.connect();
    const asked = ground.keychainCalls();
    expect(codeOf(await agent.settings())).toBe('keychain-locked');
    expect(ground.keychainCalls()).toBe(asked);
    // It is asked when a client says so.
    expect(valueOf(await agent.open(null))).toEqual({ kind: 'open' });
    expect(ground.keychainCalls()).toBe(asked + 1);
  });
});

describe('one thing after another', () => {
  it('what is under way at the end is whole, and what was not begun is not done', async () => {
    const serving = await ground.serve();
    const agent = await withData();
    const changes = [true, false, true, false].map((autoDisable) => agent.changeSettings({ autoDisable }));
    await agent.status();
    await serving.stop();
    const codes = (await Promise.all(changes)).map(codeOf);
    expect(codes.at(-1)).toBe('agent-gone');
    const done = codes.filter((code) => code === null).length;
    const alone = valueOf(await openAlone());
    // What was begun is whole, and its answer came.
    expect(valueOf(await alone.settings()).autoDisable).toBe(done % 2 === 1);
    expect(codes.slice(0, done).every((code) => code === null)).toBe(true);
    alone.close();
  });

  it('nothing is done for one who has gone', async () => {
    await ground.serve();
    const agent = await withData();
    const leaving = await ground.connect();
    const slow = agent.backup(PASSPHRASE);
    const change = leaving.changeSettings({ autoDisable: true });
    leaving.close();
    expect(codeOf(await change)).toBe('agent-gone');
    valueOf(await slow);
    expect(valueOf(await agent.settings())).toEqual({ autoDisable: false });
  });

  it('a status is told while something takes long', async () => {
    await ground.serve();
    const agent = await withData();
    let isDone = false;
    const backup = agent.backup(PASSPHRASE).then(() => (isDone = true));
    expect(valueOf(await agent.status())).toEqual({ kind: 'open' });
    expect(isDone).toBe(false);
    await backup;
  });
});

describe('when it was last served', () => {
  const lastServed = (): string => join(ground.home, 'last-served.json');

  it('is remembered at the end, of data that is there', async () => {
    const serving = await ground.serve();
    const agent = await withData();
    expect(valueOf(await agent.gap())).toBeNull();
    await serving.stop();
    expect(JSON.parse(readFileSync(lastServed(), 'utf8'))).toMatchObject({ version: 1, gap: null });
  });

  it('a gap is told to every client until one says that it was read', async () => {
    const first = await ground.serve();
    await withData();
    await first.stop();
    const now = Date.now();
    const gap = { from: new Date(now - 3e8).toISOString(), to: new Date(now - 1e8).toISOString() };
    writeFileSync(lastServed(), JSON.stringify({ version: 1, at: new Date(now).toISOString(), gap }));
    await ground.serve();
    const [agent, other] = [await ground.connect(), await ground.connect()];
    valueOf(await agent.reconcile());
    expect([valueOf(await agent.gap()), valueOf(await other.gap())]).toEqual([gap, gap]);
    const events = heard(other);
    expect((await agent.dismissGap()).ok).toBe(true);
    expect([valueOf(await agent.gap()), valueOf(await other.gap())]).toEqual([null, null]);
    expect(events).toContain('changed');
    expect(JSON.parse(readFileSync(lastServed(), 'utf8'))).toMatchObject({ gap: null });
  });

  it('goes with remove, and does not come back', async () => {
    const first = await ground.serve();
    await withData();
    await first.stop();
    expect(existsSync(lastServed())).toBe(true);
    const serving = await ground.serve();
    valueOf(await (await ground.connect()).remove({}));
    expect(existsSync(lastServed())).toBe(false);
    await serving.stop();
    expect(existsSync(ground.home)).toBe(false);
  });
});

describe('the end of a home', () => {
  it('after remove it says so, and a mailbox can be enabled again', async () => {
    await ground.serve();
    const [agent, other] = [await withData(), await ground.connect()];
    const events = heard(other);
    valueOf(await agent.remove({}));
    expect(valueOf(await other.status())).toEqual({ kind: 'removed' });
    expect(existsSync(join(ground.home, 'home.json'))).toBe(false);
    expect(valueOf(await agent.settings())).toEqual({ autoDisable: true });
    valueOf(await agent.changeSettings({ autoDisable: false }));
    expect(valueOf(await other.status())).toEqual({ kind: 'open' });
    expect(events).toContain('status removed');
  });

  it('a folder that is taken away is served no more, and nothing comes back in its place', async () => {
    const serving = await ground.serve();
    const agent = await withData();
    rmSync(ground.home, { recursive: true });
    expect(codeOf(await agent.changeSettings({ autoDisable: true }))).toBe('agent-gone');
    await serving.closed;
    await agent.closed;
    expect(existsSync(ground.home)).toBe(false);
    expect(codeOf(await connectAgent({ home: ground.home, command: 'endymail test' }))).toBe('agent-gone');
  });

  it('a folder that is put in the place of the served one is left alone', async () => {
    const serving = await ground.serve();
    const agent = await withData();
    renameSync(ground.home, `${ground.home}-moved`);
    const next = await ground.serve();
    await serving.closed;
    await agent.closed;
    const other = await ground.connect();
    expect(valueOf(await other.open(null))).toEqual({ kind: 'open' });
    expect(statSync(servingLayoutOf(ground.home).endpoint).isFile()).toBe(true);
    await next.stop();
  });
});

it('[SEC-34] nobody is answered without the proof, whatever they ask', async () => {
  await ground.serve();
  const agent = await withData();
  const stranger = await rawClient((await readEndpoint(servingLayoutOf(ground.home)))?.socket ?? '');
  stranger.send({ id: 1, call: 'exportKey', args: ['alice@example.test', 'twelve characters'] });
  expect(await stranger.next()).toBeNull();
  expect(stranger.received()).toHaveLength(0);
  expect((await agent.settings()).ok).toBe(true);
});
