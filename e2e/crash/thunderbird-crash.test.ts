import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as v from 'valibot';
import type { ProfileTarget } from '../../main/agent/mail-clients/adapter.ts';
import type { StoreRoute } from '../../main/agent/mail-clients/thunderbird/index.ts';
import { createWorld, valueOf, type World } from '../contract/thunderbird-world.ts';
import { certificateFor, certificateHash, startThunderbird, until } from '../harness/index.ts';
import { crashJob } from './crash-job.ts';
import { leftovers } from './leftovers.ts';

const PROGRAM = fileURLToPath(new URL('apply-until.ts', import.meta.url));

/**
 * One test starts the client a dozen times. Nothing is proved by how fast that is, and a test that is given up goes on
 * beside the next one, in the same profile.
 */
vi.setConfig({ testTimeout: 600_000 });

/**
 * Kills Endymail at every step of enabling and of undoing. What was begun by way of the route under test is finished by
 * way of the NSS tools: faster, and so the ways are shown to go on where the other one stopped.
 */
describe.each(['nss-tools', 'headless'] as const)('[SEC-24] a kill at any step, by way of %s', (route) => {
  let world: World;
  let target: ProfileTarget;
  let nothing: ProfileTarget;
  let before: string;

  beforeAll(async () => {
    world = await createWorld();
    target = await world.target([world.alice, world.work], [world.bob]);
    nothing = await world.target([]);
    before = prefs();
    save('untouched');
    valueOf(await finisher().apply(await world.discovered(), target));
    save('enabled');
  });

  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  const finisher = () => world.adapterWith({ route: 'nss-tools' });
  const prefs = (): string => readFileSync(join(world.profile.folder, 'prefs.js'), 'utf8');
  const places = (name: string): readonly (readonly [string, string])[] => [
    [world.profile.folder, join(world.home.scratchFolder, name, 'profile')],
    [world.home.endymailFolder, join(world.home.scratchFolder, name, 'endymail')],
  ];

  function save(name: string): void {
    for (const [place, copy] of places(name)) if (existsSync(place)) cpSync(place, copy, { recursive: true });
  }

  function restore(name: string): void {
    for (const [place, copy] of places(name)) {
      rmSync(place, { recursive: true, force: true });
      if (existsSync(copy)) cpSync(copy, place, { recursive: true });
    }
  }

  /** Runs it to its end, or to its death; then nothing that it started is alive any more. */
  async function run(wanted: 'enable' | 'undo', dieAt: number, killAfterMs?: number): Promise<readonly string[]> {
    const child = spawn(process.execPath, [PROGRAM], { env: world.home.env, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(await crashJob(world, route, wanted, dieAt)));
    const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    clearTimeout(timer);
    await until('the profile to be free', async () => !(await world.discovered()).running);
    if (dieAt > 0) expect(child.signalCode).toBe('SIGKILL');
    return output === '' ? [] : v.parse(v.array(v.string()), JSON.parse(output));
  }

  async function expectEnabled(): Promise<void> {
    valueOf(await finisher().apply(await world.discovered(), target));
    const profile = await world.discovered();
    const plan = valueOf(await finisher().plan(profile, target));
    expect([plan.steps, plan.changedByHand]).toEqual([[], []]);
    const { identities, anchorTrusted, peopleReady } = valueOf(await finisher().inspect(profile, target));
    expect(
      identities.every(({ keyPresent, authorityTrusted, selected }) => keyPresent && authorityTrusted && selected),
    ).toBe(true);
    expect([anchorTrusted, peopleReady]).toEqual([true, [world.bob.address]]);
  }

  async function expectUndone(): Promise<void> {
    const report = valueOf(await finisher().apply(await world.discovered(), nothing));
    expect(report.changedByHand).toEqual([]);
    expect(prefs()).toBe(before);
    const { identities, anchorTrusted, peopleReady } = valueOf(
      await finisher().inspect(await world.discovered(), target),
    );
    expect(identities.some(({ authorityTrusted }) => authorityTrusted)).toBe(false);
    expect([anchorTrusted, peopleReady]).toEqual([false, []]);
    valueOf(await finisher().forget(await world.discovered()));
  }

  /** The steps of a whole run: what the numbers of the others stand for. */
  async function stepsOf(wanted: 'enable' | 'undo', from: string): Promise<readonly string[]> {
    restore(from);
    const steps = await run(wanted, 0);
    expect(leftovers(world.home)).toEqual([]);
    return steps;
  }

  it('[SEC-5] of enabling leaves no key behind; the next run finishes, and undo restores every byte', async () => {
    const steps = await stepsOf('enable', 'untouched');
    expect(steps).toEqual(STEPS[route].enable);
    for (const [index, step] of steps.entries()) {
      restore('untouched');
      await run('enable', index + 1);
      expect([step, leftovers(world.home)]).toEqual([step, []]);
      await expectEnabled();
      await expectUndone();
    }
  });

  it('of enabling can be undone at once, too', async () => {
    for (const [index, step] of STEPS[route].enable.entries()) {
      // A run of the client takes seconds; before and after it this route does what the other does.
      if (route === 'headless' && !CLIENT_RUN.includes(step)) continue;
      restore('untouched');
      await run('enable', index + 1);
      await expectUndone();
    }
  });

  it('of undoing leaves a profile that the next run finishes, or enables again', async () => {
    const steps = await stepsOf('undo', 'enabled');
    expect(steps).toEqual(STEPS[route].undo);
    for (const [index, step] of steps.entries()) {
      restore('enabled');
      await run('undo', index + 1);
      expect([step, leftovers(world.home)]).toEqual([step, []]);
      if (index % 2 === 0) await expectEnabled();
      await expectUndone();
    }
  });

  it('or between any two of them leaves a profile that starts, and the same', async () => {
    const spans: Record<StoreRoute, number> = { 'nss-tools': 900, headless: 4_000 };
    const tries = 6;
    for (let number = 1; number <= tries; number += 1) {
      restore('untouched');
      await run('enable', 0, (spans[route] * number) / tries);
      // A settings file or a journal that was being replaced holds no key; the next run takes it away.
      expect(leftovers(world.home).filter((file) => !file.endsWith('.new'))).toEqual([]);
      if (number === tries / 2) await expectStart();
      else {
        await expectEnabled();
        await expectUndone();
      }
      expect(leftovers(world.home)).toEqual([]);
    }
  });

  /** Thunderbird itself starts, and after the next run it does what was asked for. */
  async function expectStart(): Promise<void> {
    await (await startThunderbird(world.profile)).quit();
    valueOf(await finisher().apply(await world.discovered(), target));
    await using thunderbird = await startThunderbird(world.profile);
    const found = await certificateFor(thunderbird, world.bob.address);
    expect(found?.sha256).toBe(certificateHash(world.bob.own.certificate));
    await thunderbird.quit();
  }
});

const CLIENT_RUN = [
  'client-run-journalled',
  'remote-control-set',
  'key-files-made',
  'client-started',
  'remote-control-open',
  'client-store-written',
  'client-run-over',
  'client-run-cleaned',
];

/** What is done one after the other; each entry is a place where it was killed. */
const STEPS: Record<StoreRoute, Record<'enable' | 'undo', readonly string[]>> = {
  'nss-tools': {
    enable: ['journal-intend', 'store-added', 'journal-done', 'journal-intend', 'prefs-written', 'journal-done'],
    undo: [
      'journal-withdraw',
      'prefs-written',
      'journal-withdrawn',
      'journal-withdraw',
      'store-removed',
      'journal-withdrawn',
    ],
  },
  headless: {
    enable: [
      'journal-intend',
      ...CLIENT_RUN,
      'store-added',
      'journal-done',
      'journal-intend',
      'prefs-written',
      'journal-done',
    ],
    undo: [
      'journal-withdraw',
      'prefs-written',
      'journal-withdrawn',
      'journal-withdraw',
      ...CLIENT_RUN,
      'store-removed',
      'journal-withdrawn',
    ],
  },
};
