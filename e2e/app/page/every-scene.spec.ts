import type { Page } from '@playwright/test';
import { SCENES } from '../../../renderer/testing/scenes/index.ts';
import { findings } from './findings.ts';
import { expect, test } from './scenes.ts';

/** Widths of the window: as it opens, its mock-up's narrow one, and 960 px at 200 % zoom. */
const WIDTHS_PX = [960, 720, 480];

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, dialog')].some(
      (element) => element.scrollWidth > element.clientWidth,
    ),
  );

for (const name of Object.keys(SCENES)) {
  test(`${name}: nothing for axe in both themes, nothing too wide, no complaint`, async ({ openScene }) => {
    const { page, complaints } = await openScene(name);
    await expect(page).toHaveTitle(/.+ – Endymail$/);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await findings(page), colorScheme).toEqual([]);
    }
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 640 });
      expect(await isTooWide(page), `${width} px`).toBe(false);
    }
    expect(complaints).toEqual([]);
  });
}
