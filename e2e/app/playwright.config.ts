import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

/** The tests of the app as a person meets it: its real bundles in a window. Two cores carry one of them at a time. */
export default defineConfig({
  testDir: fileURLToPath(new URL('.', import.meta.url)),
  outputDir: fileURLToPath(new URL('../../out/app', import.meta.url)),
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
});
