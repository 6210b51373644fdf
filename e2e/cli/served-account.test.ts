import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ENDYMAIL,
  createTestHome,
  createTestPerson,
  endProgram,
  endymail,
  endymailDone,
  publicPartFile,
  startMesh,
  startProgram,
  until,
  type Mesh,
  type TestHome,
} from '../harness/index.ts';
import { hasEnded } from '../harness/child.ts';

/**
 * Less than an agent takes to look by itself when nothing tells it to, which is five minutes: what is there within this
 * was told by the service.
 */
const TOLD_WITHIN_MS = 60_000;

/** Some forty commands, each a process of its own; less than five minutes all the same. */
const STORY_LIMIT_MS = 240_000;

/** A computer without a window: `endymail serve` runs there, and the commands go through it. */
interface Served {
  readonly home: TestHome;
  /** A command that must go well; its answer. */
  done(...args: readonly string[]): Promise<unknown>;
  /** Returns when the agent serves. */
  start(): Promise<void>;
  /** Without warning. */
  kill(): Promise<void>;
}

let mesh: Mesh;
let first: Served;
let second: Served;

async function served(name: string): Promise<Served> {
  const home = createTestHome(name);
  const passphraseFile = join(home.scratchFolder, 'passphrase');
  writeFileSync(passphraseFile, 'four random words here\n', { mode: 0o600 });
  const keychain = ['--keychain', 'file', '--passphrase-file', passphraseFile];
  let child: ChildProcess | null = null;
  let starts = 0;
  home.onDispose(async () => {
    if (child !== null) await endProgram(child);
  });
  const computer: Served = {
    home,
    async done(...args) {
      return (await endymailDone([...args, '--json', ...keychain], { home })).json();
    },
    async start() {
      starts += 1;
      const logFile = join(home.scratchFolder, `serve-${starts}.log`);
      const started = startProgram(ENDYMAIL[0], [ENDYMAIL[1], 'serve', ...keychain], { env: home.env, logFile });
      child = started;
      const said = (): string => readFileSync(logFile, 'utf8');
      await until('an agent that serves', () => {
        if (hasEnded(started)) throw new Error(`It ended with ${String(started.exitCode)}:\n${said()}`);
        return said().includes('works in the background');
      });
    },
    async kill() {
      if (child === null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
  await computer.start();
  return computer;
}

const Joining = v.object({ kind: v.string(), digits: v.optional(v.nullable(v.string())) });
const Pending = v.array(v.object({ id: v.string() }));
const People = v.object({ people: v.array(v.object({ address: v.string() })) });
const Settings = v.object({ autoDisable: v.boolean() });

const peopleOn = async (computer: Served): Promise<readonly string[]> =>
  v.parse(People, await computer.done('peers')).people.map(({ address }) => address);

const autoDisableOn = async (computer: Served): Promise<boolean> =>
  v.parse(Settings, await computer.done('settings')).autoDisable;

/** Bob or another one is added there, whom the person has compared. */
async function adds(computer: Served, address: string): Promise<void> {
  const person = await createTestPerson(address, 'A Person');
  await computer.done('import-peer', publicPartFile(person, computer.home), '--yes');
}

/** Nothing is asked of the service for it: only what the serving agent has by then is looked at. */
const untilKnownOn = (computer: Served, address: string): Promise<boolean> =>
  until(
    `${address} on ${computer.home.folder}`,
    async () => (await peopleOn(computer)).includes(address),
    TOLD_WITHIN_MS,
  );

/** How far the one that asks has come; the commands answer at once, and the serving agents go on by themselves. */
async function joining(account: string): Promise<v.InferOutput<typeof Joining>> {
  const passphraseFile = join(second.home.scratchFolder, 'passphrase');
  const args = ['device', 'request', account, '--no-wait', '--json', '--passphrase-file', passphraseFile];
  return v.parse(Joining, (await endymail(args, { home: second.home })).json());
}

beforeEach(async () => {
  mesh = await startMesh();
  first = await served('first');
  second = await served('second');
});
afterEach(async () => {
  await second.home.dispose();
  await first.home.dispose();
  await mesh.dispose();
});

test(
  'two agents in the background share, through a service that restarts and an end without warning',
  async () => {
    const account = `alice@${mesh.host}`;
    await adds(first, 'bob@example.test');
    await first.done('account', 'create', account);
    const digits = await until('the digits', async () => (await joining(account)).digits);
    const request = await until('the request', async () => v.parse(Pending, await first.done('device', 'pending'))[0]);
    await first.done('device', 'approve', request.id, '--digits', digits);

    // What was there before, and then each way, while nobody asks for it.
    await untilKnownOn(second, 'bob@example.test');
    await adds(second, 'carol@example.test');
    await untilKnownOn(first, 'carol@example.test');
    const was = await autoDisableOn(first);
    await first.done('settings', '--auto-disable', was ? 'off' : 'on');
    await until('the setting', async () => (await autoDisableOn(second)) !== was, TOLD_WITHIN_MS);

    await mesh.stop();
    await adds(first, 'dave@example.test');
    await mesh.start();
    await untilKnownOn(second, 'dave@example.test');

    await second.kill();
    await adds(first, 'erin@example.test');
    await second.start();
    await untilKnownOn(second, 'erin@example.test');
    await adds(second, 'frank@example.test');
    await untilKnownOn(first, 'frank@example.test');
    expect((await peopleOn(second)).toSorted()).toEqual((await peopleOn(first)).toSorted());
  },
  STORY_LIMIT_MS,
);
