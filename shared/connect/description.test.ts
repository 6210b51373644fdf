import { describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { accountIdOf, encodeCbor, hash32Of, hkdf, padded, sealUnder } from '../sealing/index.ts';
import { isDescription, openDescription, sealDescription } from './description.ts';
import { CONTEXTS } from './wire.ts';

const PLACE = {
  account: accountIdOf(new Uint8Array(32).fill(9)),
  requestId: hash32Of(new Uint8Array(1)),
  sharedKey: new Redacted(new Uint8Array(64).fill(3)),
};

const LONGEST = { name: '€'.repeat(200), platform: '€'.repeat(200) };

/** Something else, sealed as a description is. */
function sealed(plaintext: Uint8Array): Promise<Uint8Array> {
  const context = CONTEXTS.description(PLACE.account, PLACE.requestId);
  const key = new Redacted(hkdf(PLACE.sharedKey.reveal(), new Uint8Array(), context, 32));
  return sealUnder(key, 0, context, plaintext);
}

const content = (...fields: readonly (string | number)[]): Promise<Uint8Array> => sealed(padded(encodeCbor(fields)));

describe('what a device says it is', () => {
  it('is read under the exchange’s key, as long as it may be', async () => {
    expect(await openDescription(await sealDescription(LONGEST, PLACE), PLACE)).toEqual(LONGEST);
    expect(await openDescription(await content(1, 'Laptop', 'linux'), PLACE)).toEqual({
      name: 'Laptop',
      platform: 'linux',
    });
  });

  it('does not tell its length', async () => {
    const short = await sealDescription({ name: 'a', platform: 'b' }, PLACE);
    const long = await sealDescription({ name: 'a'.repeat(100), platform: 'linux' }, PLACE);
    expect(long.length).toBe(short.length);
  });

  it('does not open under another key, for another request or account', async () => {
    const bytes = await sealDescription({ name: 'Laptop', platform: 'linux' }, PLACE);
    const sharedKey = new Redacted(new Uint8Array(64).fill(4));
    expect(await openDescription(bytes, { ...PLACE, sharedKey })).toBeNull();
    expect(await openDescription(bytes, { ...PLACE, requestId: hash32Of(new Uint8Array(2)) })).toBeNull();
    expect(await openDescription(bytes, { ...PLACE, account: accountIdOf(new Uint8Array(32).fill(8)) })).toBeNull();
  });

  it('is refused when it is none, or of a newer version', async () => {
    expect(await openDescription(await content(2, 'Laptop', 'linux'), PLACE)).toBeNull();
    expect(await openDescription(await content(1, 'Laptop'), PLACE)).toBeNull();
    expect(await openDescription(await content(1, 'Laptop', 7), PLACE)).toBeNull();
    expect(await openDescription(await sealed(encodeCbor([1, 'Laptop', 'linux'])), PLACE)).toBeNull();
    expect(await openDescription(new Uint8Array(), PLACE)).toBeNull();
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(201)],
    ['an escape sequence', '\u001b]0;title\u0007'],
    ['two lines', 'a\nb'],
    ['two lines, as Unicode has them', 'a\u2028b'],
    ['turned round', 'a\u202eb'],
    ['isolated', 'a\u2066b'],
    ['not drawn in a part of it', 'Lap\u200btop'],
    ['that of another one with a soft hyphen', 'Lap\u00adtop'],
    ['blank', ' \u3000 '],
    ['nothing but a joiner', '\u200d'],
    ['ten thousand letters', 'x'.repeat(10_000)],
  ])('is refused when it is %s', async (_what, text) => {
    expect(isDescription({ name: text, platform: 'linux' })).toBe(false);
    expect(isDescription({ name: 'Laptop', platform: text })).toBe(false);
    expect(await openDescription(await content(1, text, 'linux'), PLACE)).toBeNull();
  });

  it('may have letters of every script, and pictures', () => {
    expect(isDescription({ name: 'Jürgens Μηχανή 👩‍💻 نوت', platform: 'linux' })).toBe(true);
  });
});
