import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statFile } from '@electron/asar';
import { CHECKOUT } from '../layers/checkout.ts';
import { filesBelow, filesInAsar, pack, PACKED_SYSTEMS, type Packed } from './packed.ts';

/** `npm run package:size`: packs for every system and writes down how large what is ours has become. */
const TARGET = join(CHECKOUT, 'docs', 'packed-size.md');

const HEAD = `# How large the packed app is

Made by \`npm run package:size\`. What is ours, in KiB, uncompressed; Electron itself comes on top.

| system | archive | of it, shell and agent | of it, page | native module beside it |
| --- | ---: | ---: | ---: | ---: |
`;

const kib = (bytes: number): string => Math.ceil(bytes / 1024).toLocaleString('en');

function line({ system, asar, resources }: Packed): string {
  const inside = (folder: string): number =>
    filesInAsar(asar)
      .filter((file) => file.startsWith(folder))
      .map((file) => statFile(asar, file))
      .reduce((sum, entry) => sum + ('size' in entry ? entry.size : 0), 0);
  const unpacked = join(resources, 'app.asar.unpacked');
  const native = filesBelow(unpacked).reduce((sum, file) => sum + statSync(join(unpacked, file)).size, 0);
  const sizes = [statSync(asar).size, inside('shell/'), inside('renderer/'), native].map(kib);
  return `| ${[system, ...sizes].join(' | ')} |\n`;
}

const into = mkdtempSync(join(tmpdir(), 'endymail-size-'));
try {
  const packed = await pack(into, PACKED_SYSTEMS);
  writeFileSync(TARGET, HEAD + packed.map(line).join(''));
} finally {
  rmSync(into, { recursive: true, force: true });
}
