import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLastServed } from '../home/last-served.ts';
import { codeOf, valueOf } from '../testing/world.ts';
import { createGapKeeper, type GapKeeper } from './gap-keeper.ts';

const MINUTE_MS = 60 * 1_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const START = Date.parse('2026-11-12T17:20:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();

const world = { now: START, isHomeThere: true, hasEnabled: true };
let folder: string;
let path: string;
beforeEach(() => {
  Object.assign(world, { now: START, isHomeThere: true, hasEnabled: true });
  folder = mkdtempSync(join(tmpdir(), 'endymail-gap-'));
  path = join(folder, 'last-served.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The keeper of a process that has just opened the home and has done what waited. */
async function served(): Promise<GapKeeper> {
  const keeper = createGapKeeper({
    path,
    now: () => new Date(world.now),
    isHomeThere: () => Promise.resolve(world.isHomeThere),
    hasEnabled: () => Promise.resolve(world.hasEnabled),
  });
  await keeper.begin();
  keeper.caughtUp();
  return keeper;
}

/** Served once until `START`, and again after this time. */
async function servedAfter(ms: number): Promise<GapKeeper> {
  await (await served()).end();
  world.now = START + ms;
  return served();
}

const GAP = { from: iso(START), to: iso(START + 3 * DAY_MS) };

describe('a time in which nobody served', () => {
  it('is told from when to when, where it was longer than a day', async () => {
    expect((await servedAfter(3 * DAY_MS)).told()).toEqual(GAP);
  });

  it('is not told where it was a day or shorter, at the first start, or where no mailbox is enabled', async () => {
    expect((await served()).told()).toBeNull();
    expect((await servedAfter(DAY_MS)).told()).toBeNull();
    world.now = START;
    world.hasEnabled = false;
    expect((await servedAfter(3 * DAY_MS)).told()).toBeNull();
  });

  it('is not known where the clock was set back or the file is damaged', async () => {
    expect((await servedAfter(-3 * DAY_MS)).told()).toBeNull();
    writeFileSync(path, 'damaged');
    expect((await served()).told()).toBeNull();
    expect(await readLastServed(path)).toMatchObject({ at: iso(world.now) });
  });

  it('is told only when what had waited is done, and is news then and only then', async () => {
    await (await served()).end();
    world.now = START + 3 * DAY_MS;
    const keeper = createGapKeeper({
      path,
      now: () => new Date(world.now),
      isHomeThere: () => Promise.resolve(true),
      hasEnabled: () => Promise.resolve(true),
    });
    await keeper.begin();
    expect(keeper.told()).toBeNull();
    expect([keeper.caughtUp(), keeper.caughtUp()]).toEqual([true, false]);
    expect(keeper.told()).toEqual(GAP);
    expect((await served()).caughtUp()).toBe(false);
  });

  it('is told again after a restart until it was read, and never after that', async () => {
    await (await servedAfter(3 * DAY_MS)).end();
    const again = await served();
    expect(again.told()).toEqual(GAP);
    valueOf(await again.dismiss());
    expect(again.told()).toBeNull();
    expect((await served()).told()).toBeNull();
  });

  it('is told still where it can not be remembered that it was read', async () => {
    const keeper = await servedAfter(3 * DAY_MS);
    rmSync(path);
    mkdirSync(path);
    expect(codeOf(await keeper.dismiss())).toMatch(/^(home-unwritable|write-failed)$/);
    expect(keeper.told()).toEqual(GAP);
  });

  it('is forgotten with the home', async () => {
    const keeper = await servedAfter(3 * DAY_MS);
    keeper.forget();
    expect(keeper.told()).toBeNull();
  });
});

describe('that a home is served', () => {
  it('is remembered every five minutes, also when the clock is set back, and at the end', async () => {
    const keeper = await served();
    const rememberedAfter = async (ms: number): Promise<string | undefined> => {
      world.now = START + ms;
      await keeper.remember();
      return (await readLastServed(path))?.at;
    };
    expect(await rememberedAfter(4 * MINUTE_MS)).toBe(iso(START));
    expect(await rememberedAfter(5 * MINUTE_MS)).toBe(iso(START + 5 * MINUTE_MS));
    expect(await rememberedAfter(-DAY_MS)).toBe(iso(START - DAY_MS));
    world.now = START + 1;
    await keeper.end();
    expect((await readLastServed(path))?.at).toBe(iso(START + 1));
  });

  it('is not remembered where there is no home, and is as soon as there is one', async () => {
    world.isHomeThere = false;
    const keeper = await served();
    await keeper.remember();
    await keeper.end();
    expect(existsSync(path)).toBe(false);
    world.isHomeThere = true;
    await keeper.remember();
    expect(existsSync(path)).toBe(true);
  });
});
