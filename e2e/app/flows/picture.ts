import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { CHECKOUT } from '../../layers/checkout.ts';

const FOLDER = process.env['ENDYMAIL_PICTURES'] ?? join(CHECKOUT, 'out', 'app', 'pictures');

/** No window is as small as an empty file. */
const PICTURE_MIN_BYTES = 5_000;

/** A picture of the window, once everything in it has come to rest. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  expect(statSync(path).size).toBeGreaterThan(PICTURE_MIN_BYTES);
}
