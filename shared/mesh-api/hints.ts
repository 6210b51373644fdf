import * as v from 'valibot';
import { sequenceIdBytes, type SequenceId } from '../sealing/public.ts';
import { COUNT, SEQUENCE, VERSION_1 } from './fields.ts';
import { payload } from './forms.ts';
import { WIRE_LIMITS } from './limits.ts';

/**
 * That something is new, and nothing of it: whoever gets a hint reads the range. A hint may be lost, come twice, or lie.
 * `count` is the new length; of `requests`, how many wait.
 */
export type Hint =
  | { readonly kind: 'chain'; readonly count: number }
  | { readonly kind: 'sequence'; readonly sequence: SequenceId; readonly count: number }
  | { readonly kind: 'requests'; readonly count: number };

const CHAIN = 0;
const SEQUENCE_KIND = 1;
const REQUESTS = 2;

/** `[1, 0, null, count]`, `[1, 1, sequence, count]`, `[1, 2, null, count]`; a binary message of the WebSocket. */
export const HINT = payload<Hint>(
  WIRE_LIMITS.smallBodyMaxBytes,
  v.union([
    v.pipe(
      v.strictTuple([VERSION_1, v.literal(CHAIN), v.null(), COUNT]),
      v.transform(([, , , count]): Hint => ({ kind: 'chain', count })),
    ),
    v.pipe(
      v.strictTuple([VERSION_1, v.literal(SEQUENCE_KIND), SEQUENCE, COUNT]),
      v.transform(([, , sequence, count]): Hint => ({ kind: 'sequence', sequence, count })),
    ),
    v.pipe(
      v.strictTuple([VERSION_1, v.literal(REQUESTS), v.null(), COUNT]),
      v.transform(([, , , count]): Hint => ({ kind: 'requests', count })),
    ),
  ]),
  (hint) => {
    switch (hint.kind) {
      case 'chain':
        return [CHAIN, null, hint.count];
      case 'sequence':
        return [SEQUENCE_KIND, sequenceIdBytes(hint.sequence), hint.count];
      case 'requests':
        return [REQUESTS, null, hint.count];
    }
  },
);
