import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { upToDateWindow } from '../../app/build/window.mjs';
import { NO_RESULTS, type Results, type Size } from '../measure.ts';

/** A chunk that is loaded together with the one that names it, as rolldown writes it. */
const STATIC_IMPORT = /^(?:import|export)\b[^;]*?"[.]\/([^"]+)";/gm;

/** What of the window is delivered, in bytes. The archive that is packed from it: docs/packed-size.md. */
export async function benchSizes(): Promise<Results> {
  const folder = await upToDateWindow();
  const page = filesBelow(join(folder, 'renderer'));
  const ofType = (extension: string) => page.filter((path) => extname(path) === extension);
  const shell = join(folder, 'shell');
  return {
    ...NO_RESULTS,
    sizes: [
      size('page: script', ofType('.js')),
      size('page: style', ofType('.css')),
      size('page: everything', page),
      size('shell: what a start of the window loads', withImports(shell, /^(main|run-window-.*)[.]mjs$/)),
      size('shell: preload', [join(shell, 'preload.cjs')]),
      size('agent: what its start loads', withImports(shell, /^agent-process[.]mjs$/)),
      size('the whole app', filesBelow(folder)),
    ],
  };
}

function size(name: string, paths: readonly string[]): Size {
  if (paths.length === 0) throw new Error(`The window has no ${name}.`);
  const contents = paths.map((path) => readFileSync(path));
  const sum = (lengths: readonly number[]): number => lengths.reduce((total, length) => total + length, 0);
  return {
    name,
    bytes: sum(contents.map(({ length }) => length)),
    gzipBytes: sum(contents.map((content) => gzipSync(content).length)),
  };
}

/** The files of these names, and those that are loaded together with them, each once. */
function withImports(folder: string, entry: RegExp): readonly string[] {
  const names = new Set(readdirSync(folder).filter((name) => entry.test(name)));
  // A set gives also what is added to it on the way.
  for (const name of names) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [, imported] of text.matchAll(STATIC_IMPORT)) if (imported !== undefined) names.add(imported);
  }
  return [...names].map((name) => join(folder, name));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
