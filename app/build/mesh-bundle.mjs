/** `node app/build/mesh-bundle.mjs <folder>`: builds the bundle of the mesh service, with the thread of its store. */
import { join } from 'node:path';
import { bundleForNode } from './node-bundle.mjs';
import { ROOT } from './up-to-date.mjs';

const SERVICE = join(ROOT, 'service');

await bundleForNode({
  entries: {
    main: join(SERVICE, 'main.ts'),
    'store-worker': join(SERVICE, 'store', 'sqlite', 'store-worker.ts'),
  },
  folder: process.argv[2],
});
