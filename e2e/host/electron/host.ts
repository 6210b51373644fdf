import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** What the host was started with. */
export interface HostSettings {
  /** The folder with the app's package.json, as `electron <folder>` takes it. */
  readonly appFolder: string;
  /** What package.json says. */
  readonly name: string;
  readonly version: string;
  readonly main: string;
  /** Windows that a person sees; else none can be seen, and a test can connect. */
  readonly visible: boolean;
}

const Manifest = v.object({ productName: v.string(), version: v.string(), main: v.string() });

let settings: HostSettings | null = null;

/** Reads the app's manifest. Called once, before anything of the app runs. */
export function startHost(appFolder: string, visible: boolean): HostSettings {
  const manifest = v.parse(Manifest, JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8')));
  settings = { appFolder, name: manifest.productName, version: manifest.version, main: manifest.main, visible };
  return settings;
}

export function hostSettings(): HostSettings {
  if (settings === null) throw new Error('The host was not started.');
  return settings;
}

/** The value of a switch of the command line, `--name=value`; null without one. */
export function commandLineSwitch(name: string): string | null {
  const start = `--${name}=`;
  return process.argv.find((argument) => argument.startsWith(start))?.slice(start.length) ?? null;
}

/** Says on stderr what went wrong in the host itself, where the app can not be told. */
export function complain(what: string, error: unknown): void {
  process.stderr.write(`[host] ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
