import { describe, expect, it } from 'vitest';
import { passphraseHint } from './passphrase.ts';

describe('the hint about a passphrase', () => {
  it('says nothing before anything is typed', () => {
    expect(passphraseHint('')).toBeNull();
  });

  it('counts what is missing, in characters that a person counts', () => {
    expect(passphraseHint('eleven char')).toBe('One more character is needed.');
    expect(passphraseHint('😀😀')).toBe('10 more characters are needed.');
  });

  it.each(['aaaaaaaaaaaaaaaa', '492837465192', 'abcdefghijklm', 'qwertyuiopasdf', '098765432109'])(
    'names what is weak in %s',
    (weak) => {
      expect(passphraseHint(weak)).toMatch(/guessed/);
    },
  );

  it('never calls one strong', () => {
    expect(passphraseHint('correct horse battery staple')).toMatch(/Nobody can tell you how strong it is/);
  });
});
