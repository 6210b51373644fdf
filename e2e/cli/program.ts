import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));

/** The command line as this Node runs it. */
export const ENDYMAIL: readonly string[] = Object.freeze([
  process.execPath,
  join(CHECKOUT, 'main', 'cli', 'bin', 'endymail.mjs'),
]);
