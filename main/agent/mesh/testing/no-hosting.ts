import { err, failure, ok } from '@endymail/shared/result';
import type { Hosting } from '../hosting.ts';

/** A computer that can run no service. */
export const NO_HOSTING: Hosting = Object.freeze({
  run: () => Promise.resolve(err(failure('here-failed'))),
  runFor: () => Promise.resolve(ok()),
  places: () => Promise.resolve([]),
  setReachable: () => Promise.resolve(err(failure('account-not-here'))),
  isIdle: () => true,
  stop: () => Promise.resolve(),
});
