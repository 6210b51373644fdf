/** The bundle of the command line. */
import { join } from 'node:path';
import { SERVICE_ENTRIES, bundleForNode } from './node-bundle.mjs';
import { ROOT, upToDateFolder } from './up-to-date.mjs';

const ENTRY = 'main.mjs';

/** The path of the bundle for the sources as they are now. */
export async function upToDateCommandLine() {
  const folder = await upToDateFolder({
    name: 'cli',
    sources: ['shared', 'main', 'service'],
    entry: ENTRY,
    build: (fresh) =>
      bundleForNode({ entries: { main: join(ROOT, 'main', 'cli', 'main.ts'), ...SERVICE_ENTRIES }, folder: fresh }),
  });
  return join(folder, ENTRY);
}
