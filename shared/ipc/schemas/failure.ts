import * as v from 'valibot';
import { FAILURES, type Failure, type FailureCode } from '../../result/index.ts';

/** The longest sentence and the longest technical text that cross a border, in characters. */
const SENTENCE_MAX_CHARS = 2_000;
const DETAIL_MAX_CHARS = 2_000;

const code = v.custom<FailureCode>((input) => typeof input === 'string' && Object.hasOwn(FAILURES, input));

/** A failure, as a value. */
export const failureSchema: v.GenericSchema<Failure> = v.pipe(
  v.object({
    code,
    message: v.pipe(v.string(), v.maxLength(SENTENCE_MAX_CHARS)),
    advice: v.pipe(v.string(), v.maxLength(SENTENCE_MAX_CHARS)),
    retry: v.boolean(),
    detail: v.exactOptional(v.pipe(v.string(), v.maxLength(DETAIL_MAX_CHARS))),
  }),
  v.readonly(),
);
