import { beforeAll, describe, expect, it } from 'vitest';
import { Redacted } from '../result/index.ts';
import { fromHex, toHex } from './bytes.ts';
import { decodeCbor, encodeCbor, isCborArray, type CborValue } from './cbor.ts';
import { sigStructure } from './cose.ts';
import { sign, signingKeyFromSeed, type SigningKey } from './ed25519.ts';
import { utf8 } from './engine.ts';
import { keyIdBytes, keyIdOf, parseKeyId, type KeyId } from './ids.ts';
import { openStatement, peekSigner, signStatement, STATEMENT_TYPES, type Expected } from './statement.ts';

const context = encodeCbor(['endymail/link', 1, new Uint8Array(64)]);
const payload = encodeCbor([1, 0, null]);

let key: SigningKey;
let statement: Uint8Array;

beforeAll(async () => {
  // RFC 8032 §7.1, test 1
  key = await signingKeyFromSeed(
    new Redacted(fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')),
  );
  statement = await signStatement({ type: 'link', key, context, payload });
});

const open = (bytes: Uint8Array, expected: Partial<Expected> = {}) =>
  openStatement(bytes, {
    type: 'link',
    context,
    keyOf: (id: KeyId) => (id === key.id ? key.publicKey : null),
    ...expected,
  });

const faultOf = async (bytes: Uint8Array, expected: Partial<Expected> = {}) => {
  const opened = await open(bytes, expected);
  return opened.ok ? 'none' : opened.error;
};

const ours = (): [number, CborValue][] => [
  [1, -19],
  [4, keyIdBytes(key.id)],
  [16, 'endymail/link'],
  [-65537, 1],
];

/** Our header with some entries changed, and without those that are undefined. */
const headerWith = (changes: readonly (readonly [number, CborValue | undefined])[]): CborValue => {
  const header = new Map<number, CborValue>(ours());
  for (const [label, value] of changes) {
    if (value === undefined) header.delete(label);
    else header.set(label, value);
  }
  return header;
};

/** A statement with another header, rightly signed. */
const signedWith = async (header: CborValue, signer = key): Promise<Uint8Array> => {
  const bytes = encodeCbor(header);
  const signature = await sign(signer, sigStructure(bytes, context, payload));
  return encodeCbor({ tag: 18, value: [bytes, new Map(), payload, signature] });
};

const partsOf = (bytes: Uint8Array): readonly CborValue[] => {
  const decoded = decodeCbor(bytes);
  const parts = decoded !== null && typeof decoded === 'object' && 'tag' in decoded ? decoded.value : null;
  return isCborArray(parts) ? parts : [];
};

describe('a statement', () => {
  it('has exactly these bytes', () => {
    const header = `a40132045820${key.id}106d${toHex(utf8('endymail/link'))}3a0001000001`;
    const parts = partsOf(statement);
    const [protectedHeader, unprotected, content, signature] = parts;
    expect(parts).toHaveLength(4);
    expect(protectedHeader instanceof Uint8Array && toHex(protectedHeader)).toBe(header);
    expect(unprotected).toEqual(new Map());
    expect(content).toEqual(payload);
    expect(signature).toHaveLength(64);
    expect(toHex(statement)).toBe(
      `d2845840${header}a0${toHex(encodeCbor(payload))}`.replace(
        'd2845840',
        `d28458${(header.length / 2).toString(16)}`,
      ) + toHex(encodeCbor(signature ?? null)),
    );
  });

  it.each(STATEMENT_TYPES)('of type %s gives its payload and its signer', async (type) => {
    const signed = await signStatement({ type, key, context, payload });
    expect(await open(signed, { type })).toEqual({ ok: true, value: { signer: key.id, payload } });
    expect(peekSigner(signed)).toBe(key.id);
  });

  it('is for one type', async () => {
    expect(await faultOf(statement, { type: 'entry' })).toBe('wrong-type');
  });

  it('is for one context', async () => {
    expect(await faultOf(statement, { context: encodeCbor(['endymail/link', 1, new Uint8Array(64).fill(1)]) })).toBe(
      'bad-signature',
    );
  });

  it('is of a signer that is known', async () => {
    expect(await faultOf(statement, { keyOf: () => null })).toBe('unknown-signer');
    const other = await signingKeyFromSeed(new Redacted(new Uint8Array(32).fill(1)));
    // Somebody who gives a key that is not the one with that id.
    expect(await faultOf(statement, { keyOf: () => other.publicKey })).toBe('unknown-signer');
    expect(await faultOf(await signedWith(headerWith([]), other))).toBe('bad-signature');
  });

  it.each([
    ['of small order', '0100000000000000000000000000000000000000000000000000000000000000'],
    ['not canonical', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ])('is not taken under a key that is %s', async (_what, hex) => {
    const weak = fromHex(hex);
    const signed = await signedWith(headerWith([[4, keyIdBytes(keyIdOf(weak))]]));
    expect(await faultOf(signed, { keyOf: () => weak })).toBe('weak-key');
  });

  it('is not taken when any of its bytes is changed', async () => {
    for (const index of statement.keys()) {
      const changed = statement.slice();
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(await faultOf(changed), `byte ${index}`).not.toBe('none');
    }
  });

  it('is not taken when any of its bytes is missing, or one more is there', async () => {
    for (const index of statement.keys()) expect(await faultOf(statement.subarray(0, index))).toBe('malformed');
    const longer = new Uint8Array(statement.length + 1);
    longer.set(statement);
    expect(await faultOf(longer)).toBe('malformed');
  });
});

describe('a header, rightly signed,', () => {
  it.each<[string, [number, CborValue | undefined][]]>([
    ['with the algorithm of RFC 8152', [[1, -8]]],
    ['with ES256', [[1, -7]]],
    ['without algorithm', [[1, undefined]]],
    ['without key id', [[4, undefined]]],
    ['with a short key id', [[4, new Uint8Array(31)]]],
    ['with a key id that is a text', [[4, 'a']]],
    ['without type', [[16, undefined]]],
    ['with a type that is a number', [[16, 1]]],
    ['with a type of somebody else', [[16, 'application/cose']]],
    ['without version', [[-65537, undefined]]],
    ['with version 0', [[-65537, 0]]],
    ['with a version that is a text', [[-65537, '2']]],
    ['with a content type beside it', [[3, 0]]],
    ['with critical fields', [[2, [1]]]],
  ])('is malformed %s', async (_what, changes) => {
    const signed = await signedWith(headerWith(changes));
    expect(await faultOf(signed)).toBe('malformed');
    expect(peekSigner(signed)).toBeNull();
  });

  it.each<[string, [number, CborValue | undefined][]]>([
    ['another version', [[-65537, 2]]],
    [
      'another version, and everything else different',
      [
        [-65537, 7],
        [1, -50],
        [4, undefined],
        [16, 3],
        [99, 'more'],
      ],
    ],
    ['a type that is not known', [[16, 'endymail/vote']]],
  ])('is newer with %s', async (_what, changes) => {
    const signed = await signedWith(headerWith(changes));
    expect(await faultOf(signed)).toBe('newer');
    expect(peekSigner(signed)).toBeNull();
  });

  it.each<[string, CborValue]>([
    ['an array', [1]],
    ['null', null],
    ['a text', 'header'],
  ])('is malformed as %s', async (_what, header) => {
    expect(await faultOf(await signedWith(header))).toBe('malformed');
  });

  it('is malformed in another encoding', async () => {
    const [written] = partsOf(statement);
    if (!(written instanceof Uint8Array)) throw new Error('no header');
    // The pair of label 1 behind the others.
    const bytes = fromHex(`a4${toHex(written).slice(6)}0132`);
    const signature = await sign(key, sigStructure(bytes, context, payload));
    expect(await faultOf(encodeCbor({ tag: 18, value: [bytes, new Map(), payload, signature] }))).toBe('malformed');
  });
});

describe('the form around it', () => {
  const builds: [string, (parts: readonly CborValue[]) => CborValue][] = [
    ['without tag', (parts) => parts],
    ['with one part more', (parts) => ({ tag: 18, value: [...parts, 0] })],
    ['with one part less', (parts) => ({ tag: 18, value: parts.slice(0, 3) })],
    ['in another tag 18', (parts) => ({ tag: 18, value: { tag: 18, value: parts } })],
    [
      'with something in the unprotected header',
      ([a, , c, d]) => ({ tag: 18, value: [a ?? 0, new Map([[1, 0]]), c ?? 0, d ?? 0] }),
    ],
    ['with null as unprotected header', ([a, , c, d]) => ({ tag: 18, value: [a ?? 0, null, c ?? 0, d ?? 0] })],
    ['with a detached payload', ([a, b, , d]) => ({ tag: 18, value: [a ?? 0, b ?? 0, null, d ?? 0] })],
    ['with a short signature', ([a, b, c]) => ({ tag: 18, value: [a ?? 0, b ?? 0, c ?? 0, new Uint8Array(63)] })],
    [
      'with a header that is not in bytes',
      ([, b, c, d]) => ({ tag: 18, value: [headerWith([]), b ?? 0, c ?? 0, d ?? 0] }),
    ],
    ['as a number', () => 18],
  ];

  it.each(builds)('is malformed %s', async (_what, build) => {
    const bytes = encodeCbor(build(partsOf(statement)));
    expect(await faultOf(bytes)).toBe('malformed');
    expect(peekSigner(bytes)).toBeNull();
  });
});

it('peekSigner tells what is claimed', () => {
  expect(peekSigner(statement)).toBe(parseKeyId(keyIdBytes(key.id)));
  expect(peekSigner(new Uint8Array())).toBeNull();
});
