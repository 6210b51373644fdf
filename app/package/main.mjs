/**
 * `npm run package`: builds the app afresh and packs it with electron-builder, whose parameters may follow
 * (`npm run package -- --linux dir`). `--into <folder>` puts everything that is made there instead of into the
 * checkout.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { ROOT } from '../build/up-to-date.mjs';
import { makeAppFolder } from './app-folder.mjs';

const IN_CHECKOUT = { app: join(ROOT, 'app', 'dist', 'packed'), installers: join(ROOT, 'out', 'installers') };

function places(parameters) {
  const index = parameters.indexOf('--into');
  if (index === -1) return { ...IN_CHECKOUT, rest: parameters };
  const [, folder] = parameters.splice(index, 2);
  if (folder === undefined) throw new Error('--into needs a folder.');
  return { app: join(resolve(folder), 'app'), installers: join(resolve(folder), 'installers'), rest: parameters };
}

const { app, installers, rest } = places(process.argv.slice(2));
await makeAppFolder(app);

const builder = dirname(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const { status } = spawnSync(
  process.execPath,
  [
    join(builder, 'cli.js'),
    `--config.directories.app=${app}`,
    `--config.directories.output=${installers}`,
    '--publish=never',
    ...rest,
  ],
  { cwd: ROOT, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
