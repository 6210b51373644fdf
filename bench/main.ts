import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { requirePrograms, runProgram, THUNDERBIRD_FOLDER } from '@endymail/e2e/harness';
import { benchDiscovery } from './discovery.ts';
import { benchEnabling } from './enabling.ts';
import { NO_RESULTS, type Measured, type Results } from './measure.ts';
import { benchAppends } from './mesh/appends.ts';
import { benchCatchingUp } from './mesh/catching-up.ts';
import { benchConnecting } from './mesh/connecting.ts';
import { benchListening } from './mesh/listening.ts';
import { benchMemory } from './mesh/memory.ts';
import { tableOf } from './report.ts';
import { benchBorder } from './window/border.ts';
import { benchDevices } from './window/devices.ts';
import { benchLists } from './window/lists.ts';
import { benchSizes } from './window/sizes.ts';
import { benchStart } from './window/start.ts';

const RESULTS = join(import.meta.dirname, 'results.json');

const one = async (bench: Promise<Measured>): Promise<Results> => ({ ...NO_RESULTS, results: [await bench] });

const BENCHES: Readonly<Record<string, readonly (() => Promise<Results>)[]>> = {
  discovery: [() => one(benchDiscovery())],
  enabling: [
    () => one(benchEnabling({ mailboxes: 1, runs: 9, agent: 'known' })),
    () => one(benchEnabling({ mailboxes: 20, runs: 5, agent: 'known' })),
    () => one(benchEnabling({ mailboxes: 1, runs: 9, agent: 'first' })),
  ],
  sizes: [benchSizes],
  border: [benchBorder],
  lists: [benchLists],
  devices: [benchDevices],
  start: [benchStart],
  mesh: [benchAppends, benchConnecting, benchCatchingUp, benchListening, benchMemory],
};

/**
 * `npm run bench`: a table of all figures, and all of them with the facts of the machine in results.json.
 * `npm run bench -- lists start`: only these, and nothing is written.
 */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0)
    throw new Error(`No benchmark: ${unknown.join(', ')}. There are ${Object.keys(BENCHES).join(', ')}.`);
  requirePrograms('thunderbird', 'chromium', 'certutil', 'pk12util', 'gnome-keyring-daemon', 'dbus-daemon');
  const all: Results[] = [];
  for (const [name, benches] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const bench of benches) {
      const found = await bench();
      all.push(found);
      console.log(`${name}\n${tableOf(found).join('\n')}\n`);
    }
  }
  if (names.length > 0) return;
  const text = JSON.stringify(
    {
      measuredAt: new Date().toISOString(),
      machine: await machine(),
      results: all.flatMap(({ results }) => results),
      figures: all.flatMap(({ figures }) => figures),
      sizes: all.flatMap(({ sizes }) => sizes),
    },
    null,
    2,
  );
  writeFileSync(RESULTS, `${text}\n`);
}

async function machine(): Promise<Readonly<Record<string, string | number>>> {
  const application = readFileSync(join(THUNDERBIRD_FOLDER, 'application.ini'), 'utf8');
  const chromium = await runProgram('chromium', ['--version']);
  return {
    system: `${process.platform} ${process.arch} ${release()}`,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    thunderbird: /^Version=(.*)$/m.exec(application)?.[1] ?? 'unknown',
    chromium: /\d+[.\d]*/.exec(chromium.stdout.toString())?.[0] ?? 'unknown',
  };
}

await main(argv.slice(2));
