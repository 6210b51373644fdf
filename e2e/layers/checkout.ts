import { join } from 'node:path';

/** The folder of this checkout, wherever the tests are started from. */
export const CHECKOUT = join(import.meta.dirname, '..', '..');
