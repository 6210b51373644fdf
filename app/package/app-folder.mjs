/**
 * Makes the folder that electron-builder packs: the bundles, built afresh, the manifest, and keytar. Without a parameter
 * it is the one that electron-builder.yml names.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ROOT } from '../build/up-to-date.mjs';
import { buildWindow } from '../build/window.mjs';

/** What is needed of keytar when it runs. Its prebuilt binaries come for all systems; which one is packed, electron-builder.yml says. */
const KEYTAR_FILES = ['lib/keytar.js', 'LICENSE.md', 'prebuilds'];

const folder = process.argv[2] ?? join(ROOT, 'app', 'dist', 'packed');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await buildWindow(folder);
const { keytar } = readJson(join(ROOT, 'main', 'package.json')).dependencies;
const manifest = join(folder, 'package.json');
writeJson(manifest, { ...readJson(manifest), dependencies: { keytar } });
copyKeytar(join(folder, 'node_modules', 'keytar'));

/** Its own manifest names headers that are needed to compile it; electron-builder would look for them. */
function copyKeytar(target) {
  const source = dirname(createRequire(join(ROOT, 'main', 'package.json')).resolve('keytar/package.json'));
  for (const file of KEYTAR_FILES) cpSync(join(source, file), join(target, file), { recursive: true });
  const { name, version, license, main } = readJson(join(source, 'package.json'));
  writeJson(join(target, 'package.json'), { name, version, license, main });
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
