import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { requirePrograms, THUNDERBIRD_FOLDER } from '@endymail/e2e/harness';
import { benchDiscovery } from './discovery.ts';
import { benchEnabling } from './enabling.ts';
import type { Measured } from './measure.ts';

const RESULTS = join(import.meta.dirname, 'results.json');

/** `npm run bench`: a line for each figure, and all of them with the facts of the machine in results.json. */
async function main(): Promise<void> {
  requirePrograms('thunderbird', 'certutil', 'pk12util', 'gnome-keyring-daemon', 'dbus-daemon');
  const results: Measured[] = [];
  for (const bench of BENCHES) {
    const measured = await bench();
    results.push(measured);
    console.log(line(measured));
  }
  const text = JSON.stringify({ measuredAt: new Date().toISOString(), machine: machine(), results }, null, 2);
  writeFileSync(RESULTS, `${text}\n`);
}

const BENCHES: readonly (() => Promise<Measured>)[] = [
  benchDiscovery,
  () => benchEnabling({ mailboxes: 1, runs: 9, agent: 'known' }),
  () => benchEnabling({ mailboxes: 20, runs: 5, agent: 'known' }),
  () => benchEnabling({ mailboxes: 1, runs: 9, agent: 'first' }),
];

function line({ name, oursMs, bareMs, ratio, comparedTo, goal }: Measured): string {
  const verdict = goal === null ? '' : `, goal ${goal}: ${ratio <= goal ? 'met' : 'MISSED'}`;
  return `${name}: ${oursMs} ms; ${comparedTo}: ${bareMs} ms; ratio ${ratio}${verdict}`;
}

function machine(): Readonly<Record<string, string | number>> {
  const application = readFileSync(join(THUNDERBIRD_FOLDER, 'application.ini'), 'utf8');
  return {
    system: `${process.platform} ${process.arch} ${release()}`,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    thunderbird: /^Version=(.*)$/m.exec(application)?.[1] ?? 'unknown',
  };
}

await main();
