/** `npm run build`: everything that is made from the sources. */
import { upToDateCommandLine } from './command-line.mjs';
import { upToDateMesh } from './mesh.mjs';
import { upToDateWindow } from './window.mjs';

console.log(await upToDateCommandLine());
console.log(await upToDateMesh());
console.log(await upToDateWindow());
