/** The bundle of the mesh service. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { upToDateFolder } from './up-to-date.mjs';

const ENTRY = 'main.mjs';
const BUNDLER = fileURLToPath(new URL('mesh-bundle.mjs', import.meta.url));

/** The path of the bundle for the sources as they are now. */
export async function upToDateMesh() {
  const folder = await upToDateFolder({
    name: 'mesh',
    sources: ['shared', 'service'],
    entry: ENTRY,
    // In a process of its own: the service would hold the bundler's memory for as long as it runs.
    build: (fresh) => promisify(execFile)(process.execPath, [BUNDLER, fresh]),
  });
  return join(folder, ENTRY);
}
