/** The least that is taken, for people as for the agent (`passphrase-too-short`). */
const PASSPHRASE_MIN_CHARS = 12;

export const PASSPHRASE = Object.freeze({
  label: 'Passphrase',
  again: 'The same again',
  hint: `At least ${String(PASSPHRASE_MIN_CHARS)} characters. Four words picked by chance are strong and easy to type.`,
  differs: 'The two are not the same.',
});

/** Counted as a person counts: an emoji is one. */
export const isLongEnough = (passphrase: string): boolean => Array.from(passphrase).length >= PASSPHRASE_MIN_CHARS;

/**
 * An honest hint: a passphrase's strength can not be seen from its looks, so it says what is surely weak and what is left
 * to the person, and never *strong*. Null: nothing to say yet.
 */
export function passphraseHint(passphrase: string): string | null {
  if (passphrase === '') return null;
  const left = PASSPHRASE_MIN_CHARS - Array.from(passphrase).length;
  if (left > 0) return left === 1 ? 'One more character is needed.' : `${String(left)} more characters are needed.`;
  if (new Set(passphrase).size <= 4) return 'The same few characters again and again: this is guessed at once.';
  if (/^\d+$/.test(passphrase)) return 'Digits alone are guessed quickly. Words are better.';
  if (isRun(passphrase)) return 'Characters in a row as on the keyboard: this is guessed at once.';
  return 'Long enough. Nobody can tell you how strong it is: it is if chance picked it, not you.';
}

const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
];

function isRun(passphrase: string): boolean {
  const lower = passphrase.toLowerCase();
  return RUNS.some((run) => run.includes(lower) || Array.from(run).reverse().join('').includes(lower));
}
