import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumLaunch } from './e2e/harness/chromium.ts';

/**
 * The layers of tests that vitest runs. `unit` needs nothing but Node; `chromium` runs the tests of `shared` once more,
 * in a page, where there is no Node; the others use real parts (Thunderbird, a Secret Service, openssl) and run one file
 * at a time, because two cores do not carry two Thunderbirds each.
 */
const realParts = (name, folder) => ({
  test: {
    name,
    include: [`e2e/${folder}/**/*.test.ts`],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});

export default defineConfig({
  test: {
    // A forgotten `it.only` would leave out the rest of its file.
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,main,service,renderer,bench}/**/*.test.ts', 'e2e/{harness,host,layers}/**/*.test.ts'],
          // Long enough for a key derivation on a busy machine; nothing is proved by how fast it is.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'chromium',
          include: ['shared/**/*.test.ts'],
          testTimeout: 20_000,
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: chromiumLaunch() }),
            instances: [{ browser: 'chromium' }],
            // There is nothing to see, and pictures would come to lie beside the code.
            screenshotFailures: false,
          },
        },
      },
      realParts('contract', 'contract'),
      realParts('cli', 'cli'),
      realParts('keychain', 'keychain'),
      realParts('clients', '{clients,demo}'),
      realParts('mesh', 'mesh'),
      realParts('crash', 'crash'),
      realParts('hostile', 'hostile'),
      realParts('package', 'package'),
    ],
  },
});
