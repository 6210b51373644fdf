import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { CHECKOUT } from '../checkout.ts';

/** A package that comes to the person's machine with the product. */
export interface RunTimePackage {
  /** Its own name, which is not always the one it is installed under (`keytar` is `@github/keytar`). */
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  readonly texts: readonly string[];
}

const Lock = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      link: v.optional(v.boolean(), false),
      dependencies: v.optional(v.record(v.string(), v.string()), {}),
      optionalDependencies: v.optional(v.record(v.string(), v.string()), {}),
    }),
  ),
});
type LockedPackages = v.InferOutput<typeof Lock>['packages'];

const Manifest = v.object({ name: v.string(), version: v.string(), license: v.string() });

/** The workspaces whose dependencies are in the product; tests and benchmarks stay at home. */
const PRODUCT = ['shared', 'main', 'renderer', 'service'];

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/**
 * Every package that the product needs when it runs, with its licence texts, by name. Read from the lock file and the
 * installed packages, so that it is what is really used. Throws when `node_modules` is not what the lock file says.
 */
export async function runTimePackages(): Promise<readonly RunTimePackage[]> {
  const { packages } = v.parse(Lock, JSON.parse(await readFile(join(CHECKOUT, 'package-lock.json'), 'utf8')));
  const found = new Set<string>();
  const visit = (location: string): void => {
    const { dependencies, optionalDependencies } = packages[location] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const below = resolve(packages, location, name);
      if (below === null || found.has(below)) continue;
      found.add(below);
      visit(below);
    }
  };
  PRODUCT.forEach(visit);
  const ours = [...found].filter((location) => packages[location]?.link !== true);
  const described = await Promise.all(ours.map(describe));
  return described.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'));
}

/** Node's way upwards: the nearest `node_modules` that has it. */
function resolve(packages: LockedPackages, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (folder === '') return null;
  }
}

async function describe(location: string): Promise<RunTimePackage> {
  const folder = join(CHECKOUT, location);
  const { name, version, license } = v.parse(
    Manifest,
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return { name, version, licence: license, texts: texts.map((text) => text.replaceAll('\r\n', '\n').trim()) };
}
