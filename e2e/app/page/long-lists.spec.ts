import type { Page } from '@playwright/test';
import { expect, test } from './scenes.ts';

/** A window's height of rows, and those above and below it that are drawn ahead. */
const ROWS_MAX = 60;

/** Scrolls to the end and counts at every step. `heights`: of the rows that were seen, in whole pixels. */
async function scrollToEnd(page: Page): Promise<{ rowsMax: number; heights: readonly number[] }> {
  return await page.evaluate(async () => {
    const main = document.querySelector('main');
    if (main === null) throw new Error('The screen does not scroll.');
    const heights = new Set<number>();
    let rowsMax = 0;
    for (let step = 0; step <= 40; step += 1) {
      main.scrollTop = (step / 40) * (main.scrollHeight - main.clientHeight);
      // Two frames: one to draw, one to correct what was measured.
      for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
      const rows = [...document.querySelectorAll('.list--virtual > li')];
      rowsMax = Math.max(rowsMax, rows.length);
      for (const row of rows) heights.add(Math.round(row.getBoundingClientRect().height));
    }
    return { rowsMax, heights: [...heights] };
  });
}

for (const { scene, last } of [
  { scene: 'people-many', last: 'person-5000@example.org' },
  { scene: 'home-500', last: 'mailbox-500@halvorsen.example' },
  { scene: 'choose-500', last: 'mailbox-500@halvorsen.example' },
]) {
  test(`${scene}: only what can be seen is drawn, each row as high as the next, to the last one`, async ({
    openScene,
  }) => {
    const { page } = await openScene(scene);
    const { rowsMax, heights } = await scrollToEnd(page);
    expect(rowsMax).toBeGreaterThan(0);
    expect(rowsMax).toBeLessThan(ROWS_MAX);
    expect(heights).toHaveLength(1);
    await expect(page.getByText(last, { exact: true })).toBeVisible();
  });
}
