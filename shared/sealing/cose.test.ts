import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex } from './bytes.ts';
import { decodeCbor, isCborArray, isCborMap } from './cbor.ts';
import { encStructure, HEADER, sigStructure } from './cose.ts';
import { verify } from './ed25519.ts';
import { subtle, utf8 } from './engine.ts';
import { openUnder } from './entry-seal.ts';
import { Redacted } from '../result/index.ts';
import { openStatement } from './statement.ts';
import known from './vectors/cose-examples.json' with { type: 'json' };

/** The parts of a message, with or without its tag: its protected header, IV, and the two last fields. */
function partsOf(message: string) {
  const tagged = /^d[0-2]/.test(message);
  const parts = decodeCbor(fromHex(tagged ? message.slice(2) : message));
  if (!isCborArray(parts)) throw new Error('no array');
  const [header, unprotected, ...rest] = parts;
  if (!(header instanceof Uint8Array) || !isCborMap(unprotected)) throw new Error('no headers');
  const [content, signature] = rest.map((part) => (part instanceof Uint8Array ? part : new Uint8Array()));
  const iv = unprotected.get(HEADER.iv);
  return {
    // RFC 9052 §4.4: a header with nothing in it is authenticated as no bytes.
    header: toHex(header) === 'a0' ? new Uint8Array() : header,
    iv: iv instanceof Uint8Array ? iv : new Uint8Array(),
    content: content ?? new Uint8Array(),
    signature: signature ?? new Uint8Array(),
  };
}

const NONE = new Uint8Array();

describe('what is signed and authenticated', () => {
  it.each(known.signatures.filter(({ fail }) => !fail))('is that of $name', ({ output, external, toBeSigned }) => {
    const { header, content } = partsOf(output);
    expect(toHex(sigStructure(header, fromHex(external), content))).toBe(toBeSigned);
  });

  it.each(known.encryptions.filter(({ fail }) => !fail))('is that of $name', ({ output, external, aad }) => {
    expect(toHex(encStructure(partsOf(output).header, fromHex(external)))).toBe(aad);
  });

  it('is verified with Ed25519', async () => {
    const example = known.signatures.find(({ name }) => name.startsWith('eddsa'));
    const { header, content, signature } = partsOf(example?.output ?? '');
    const publicKey = fromHex(known.ed25519.publicKey);
    expect(await verify(publicKey, sigStructure(header, NONE, content), signature)).toBe(true);
    expect(await verify(publicKey, sigStructure(header, utf8('elsewhere'), content), signature)).toBe(false);
  });

  it('opens with AES-256-GCM', async () => {
    const example = known.encryptions.find(({ key }) => key.length === 64);
    const { header, iv, content } = partsOf(example?.output ?? '');
    const key = await subtle.importKey('raw', fromHex(example?.key ?? ''), 'AES-GCM', false, ['decrypt']);
    const additionalData = encStructure(header, NONE);
    const plaintext = await subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, content);
    expect(new Uint8Array(plaintext)).toEqual(utf8('This is the content.'));
  });
});

describe('a message with other headers than ours', () => {
  const keyOf = () => fromHex(known.ed25519.publicKey);

  it.each(known.signatures)('is no statement: $name', async ({ output, external }) => {
    const opened = await openStatement(fromHex(output), { type: 'link', context: fromHex(external), keyOf });
    expect(opened).toEqual({ ok: false, error: 'malformed' });
  });

  it.each(known.encryptions)('is nothing sealed: $name', async ({ output, external, key }) => {
    const epochKey = new Redacted(fromHex(key));
    const untagged = fromHex(output.replace(/^d0|^d903e3/, ''));
    for (const bytes of [fromHex(output), untagged, concatBytes(fromHex('d2'), untagged)]) {
      expect(await openUnder(epochKey, fromHex(external), bytes)).toEqual({ ok: false, error: 'malformed' });
    }
  });
});
