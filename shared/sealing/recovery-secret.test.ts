import { describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { fromHex, toHex } from './bytes.ts';
import { hkdf } from './digest.ts';
import { utf8 } from './engine.ts';
import { kemHash, kemKeyFromSeed } from './hpke.ts';
import {
  newRecoverySecret,
  parseRecoveryWords,
  RECOVERY_WORD_COUNT,
  recoveryKemOf,
  recoveryWords,
  rootKeyOf,
} from './recovery-secret.ts';

/** From the published answers of BIP-39 (trezor/python-mnemonic, MIT): entropy of 256 bits, and its words. */
const KNOWN: readonly (readonly [string, string])[] = [
  ['00'.repeat(32), `${'abandon '.repeat(23)}art`],
  [
    '7f'.repeat(32),
    `${'legal winner thank year wave sausage worth useful '.repeat(2)}legal winner thank year wave sausage worth title`,
  ],
  [
    '80'.repeat(32),
    `${'letter advice cage absurd amount doctor acoustic avoid '.repeat(2)}letter advice cage absurd amount doctor acoustic bless`,
  ],
  ['ff'.repeat(32), `${'zoo '.repeat(23)}vote`],
];
const SECRET = new Redacted(fromHex('7f'.repeat(32)));
const WORDS = KNOWN[1]![1];

describe('the words of a recovery secret', () => {
  it.each(KNOWN)('are the published ones: %s', (entropy, words) => {
    expect(recoveryWords(new Redacted(fromHex(entropy))).reveal()).toBe(words);
    const read = parseRecoveryWords(words);
    expect(read.ok && toHex(read.value.reveal())).toBe(entropy);
  });

  it('bring every new secret back', () => {
    const made = Array.from({ length: 20 }, () => newRecoverySecret());
    expect(new Set(made.map((secret) => toHex(secret.reveal()))).size).toBe(20);
    for (const secret of made) {
      const words = recoveryWords(secret).reveal();
      expect(words.split(' ')).toHaveLength(RECOVERY_WORD_COUNT);
      const read = parseRecoveryWords(words);
      expect(read.ok && read.value.reveal()).toEqual(secret.reveal());
    }
  });

  it('are read without regard to case and white space', () => {
    const typed = `\n  ${WORDS.toUpperCase().replaceAll(' ', ' \t\u00a0\r\n')} `;
    const read = parseRecoveryWords(typed);
    expect(read.ok && read.value.reveal()).toEqual(SECRET.reveal());
  });

  it.each([
    ['wrong-count', ''],
    ['wrong-count', WORDS.slice(WORDS.indexOf(' ') + 1)],
    ['wrong-count', `${WORDS} legal`],
    ['wrong-count', `${'abandon '.repeat(11)}about`],
    ['unknown-word', WORDS.replace('winner', 'winer')],
    ['unknown-word', WORDS.replace('legal winner', 'legalwinner')],
    ['unknown-word', WORDS.replace('winner', 'constructor')],
    ['unknown-word', WORDS.replace('winner', '__proto__')],
    ['bad-checksum', WORDS.replace('winner', 'winter')],
    ['bad-checksum', WORDS.replace('legal winner', 'winner legal')],
  ])('are refused as %s: %s', (error, text) => {
    expect(parseRecoveryWords(text)).toEqual({ ok: false, error });
  });

  it('are not shown by accident', () => {
    expect(String(recoveryWords(SECRET))).toBe('<redacted>');
  });
});

describe('the keys of a recovery secret', () => {
  const derived = (info: string) => new Redacted(hkdf(SECRET.reveal(), new Uint8Array(0), utf8(info), 32));

  it('are two that have nothing in common', async () => {
    const [root, kem] = [await rootKeyOf(SECRET), await recoveryKemOf(SECRET)];
    expect(root.seed.reveal()).toEqual(derived('endymail/root/1').reveal());
    expect(kem.publicKey).toEqual((await kemKeyFromSeed(derived('endymail/recovery/1'))).publicKey);
    expect(toHex(root.seed.reveal())).not.toBe(toHex(kem.seed.reveal()));
  });

  it('stay what they are, byte for byte', async () => {
    expect(toHex((await rootKeyOf(SECRET)).publicKey)).toBe(
      '35769504ed4629353280952299a8bc577ddf2a2d3130fdf9a894b465bb335ff6',
    );
    expect(kemHash((await recoveryKemOf(SECRET)).publicKey)).toBe(
      '66cad3ad2ed9fee028965ebf70737bf2083b30053ccd46b8e9e4a689be29e794',
    );
  });

  it('are not made from a secret of another length', () => {
    const short = new Redacted(new Uint8Array(31));
    expect(() => rootKeyOf(short)).toThrow(RangeError);
    expect(() => recoveryKemOf(short)).toThrow(RangeError);
    expect(() => recoveryWords(short)).toThrow(RangeError);
  });
});
