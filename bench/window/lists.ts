import type { Page } from 'playwright';
import { createTestHome } from '@endymail/e2e/harness';
import { figure, inTurns, median, times, type Figure, type Measured, type Pair, type Results } from '../measure.ts';
import type { KeyTimes, Scrolled } from './page-watch.ts';
import { FEW_PEOPLE, MANY_PEOPLE, people, SEARCHED } from './people.ts';
import { builtScenes, change, launchedScenes, openScene } from './scenes-page.ts';

const RUNS = 5;
/** Two and a half seconds, which is faster than anybody looks. */
const SCROLL_FRAMES = 150;
/** What a display shows; the host's Chromium draws as often. */
const FRAME_MS = 1_000 / 60;

/** Long lists, compared to the same screens with short ones, in one browser. */
export async function benchLists(): Promise<Results> {
  await using home = createTestHome('lists');
  const scenes = await builtScenes(home.scratchFolder);
  await using app = await launchedScenes(scenes, home.env);
  const { page } = app;
  page.setDefaultTimeout(60_000);
  const parts = [await mailboxesAtHome(page), await mailboxesToChoose(page), await peopleScreen(page)];
  return {
    results: parts.flatMap(({ results }) => results),
    figures: parts.flatMap(({ figures }) => figures),
    sizes: [],
  };
}

async function mailboxesAtHome(page: Page): Promise<Omit<Results, 'sizes'>> {
  const run = (scene: string) => async () => {
    await openScene(page, scene);
    return scroll(page);
  };
  const pairs = await inTurns(RUNS, run('home-500'), run('home'));
  return { results: [], figures: scrollFigures('home with 500 mailboxes', 'home with a few', pairs) };
}

async function mailboxesToChoose(page: Page): Promise<Omit<Results, 'sizes'>> {
  const name = 'choosing of 500 mailboxes';
  const comparedTo = 'choosing of three';
  const run = (scene: string) => async () => {
    await openScene(page, scene);
    await page.getByRole('checkbox').first().focus();
    const key = await press(page, 'Space');
    return { key, scrolled: await scroll(page) };
  };
  const pairs = await inTurns(RUNS, run('choose-500'), run('choose'));
  return {
    results: keyTimes(
      `${name}, a tick`,
      comparedTo,
      pairs.map(({ ours, bare }) => ({ ours: [ours.key], bare: [bare.key] })),
    ),
    figures: scrollFigures(name, comparedTo, pairs.map(scrolledOf)),
  };
}

async function peopleScreen(page: Page): Promise<Omit<Results, 'sizes'>> {
  const name = `${MANY_PEOPLE} people`;
  const comparedTo = `the same with ${FEW_PEOPLE} people`;
  const run = (count: number) => async () => {
    await openScene(page, 'people');
    const shownMs = await change(page, { people: people(count) });
    const scrolled = await scroll(page);
    await page.getByRole('searchbox').focus();
    const keys: KeyTimes[] = [];
    for (const letter of SEARCHED) keys.push(await press(page, letter));
    return { shownMs, scrolled, keys };
  };
  const pairs = await inTurns(RUNS, run(MANY_PEOPLE), run(FEW_PEOPLE));
  return {
    results: [
      times(
        { name: `${name} told to the page, until they are painted`, comparedTo },
        pairs.map(({ ours, bare }) => ({ ours: ours.shownMs, bare: bare.shownMs })),
      ),
      ...keyTimes(
        `${name}, a letter of the search`,
        comparedTo,
        pairs.map(({ ours, bare }) => ({ ours: ours.keys, bare: bare.keys })),
      ),
    ],
    figures: scrollFigures(name, comparedTo, pairs.map(scrolledOf)),
  };
}

const scrolledOf = ({ ours, bare }: Pair<{ readonly scrolled: Scrolled }>): Pair<Scrolled> => ({
  ours: ours.scrolled,
  bare: bare.scrolled,
});

/** Of each run the median of its keys, and the slowest. */
function keyTimes(name: string, comparedTo: string, pairs: readonly Pair<readonly KeyTimes[]>[]): readonly Measured[] {
  const time = (what: string, of: (keys: readonly KeyTimes[]) => number) =>
    times(
      { name: `${name}: ${what}`, comparedTo },
      pairs.map(({ ours, bare }) => ({ ours: of(ours), bare: of(bare) })),
    );
  const isOne = pairs.every(({ ours }) => ours.length === 1);
  return [
    time('from the key to the next painting', (keys) => median(keys.map(({ paintedMs }) => paintedMs))),
    time('from the key to its effect', (keys) => median(keys.map(({ changedMs }) => changedMs))),
    ...(isOne
      ? []
      : [time('from the slowest key to its effect', (keys) => Math.max(...keys.map(({ changedMs }) => changedMs)))]),
  ];
}

function scrollFigures(name: string, comparedTo: string, pairs: readonly Pair<Scrolled>[]): readonly Figure[] {
  const of = (what: string, unit: Figure['unit'], take: (scrolled: Scrolled) => number) =>
    figure(
      { name: `${name}, ${SCROLL_FRAMES} frames of scrolling: ${what}`, unit, comparedTo },
      pairs.map(({ ours, bare }) => ({ ours: take(ours), bare: take(bare) })),
    );
  return [
    of('dropped', 'frames', ({ frameMs }) => frameMs.reduce((sum, ms) => sum + droppedIn(ms), 0)),
    of('most dropped at once', 'frames', ({ frameMs }) => droppedIn(Math.max(...frameMs))),
    of('most rows of a list', 'elements', ({ rowsMax }) => rowsMax),
    of('most elements of the page', 'elements', ({ elementsMax }) => elementsMax),
  ];
}

/** How many frames were not drawn in the time from one to the next. */
const droppedIn = (ms: number): number => Math.max(0, Math.round(ms / FRAME_MS) - 1);

async function scroll(page: Page): Promise<Scrolled> {
  return await page.evaluate(async (frames) => {
    if (window.watch === undefined) throw new Error('Nothing is watched.');
    return window.watch.scroll(frames);
  }, SCROLL_FRAMES);
}

/** Presses a key, and waits until what it changes is painted. */
async function press(page: Page, key: string): Promise<KeyTimes> {
  await page.evaluate(() => window.watch?.beginKey());
  await page.keyboard.press(key);
  return await page.evaluate(() => {
    if (window.watch === undefined) throw new Error('Nothing is watched.');
    return window.watch.key();
  });
}
