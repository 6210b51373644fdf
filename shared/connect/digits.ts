import { Redacted } from '../result/index.ts';
import { randomBytes } from '../sealing/index.ts';

const DIGITS = 6;
const COMBINATIONS = 10 ** DIGITS;
const DRAW_BYTES = 4;
/** The largest multiple of a million that four bytes reach: what lies beyond would make the small numbers likelier. */
const UNBIASED_BELOW = Math.floor(2 ** 32 / COMBINATIONS) * COMBINATIONS;

/** Six digits, each combination as likely as another. `random` gives random bytes. */
export function drawDigits(random: (bytes: number) => Uint8Array = randomBytes): Redacted<string> {
  for (;;) {
    const drawn = random(DRAW_BYTES).reduce((number, byte) => number * 256 + byte, 0);
    if (drawn < UNBIASED_BELOW) return new Redacted(String(drawn % COMBINATIONS).padStart(DIGITS, '0'));
  }
}

/** The six digits that a person typed, with or without spaces between them; null when they are not six digits. */
export function parseDigits(typed: string): Redacted<string> | null {
  const digits = typed.replace(/\s/g, '');
  return /^[0-9]{6}$/.test(digits) ? new Redacted(digits) : null;
}
