import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMailAddress } from './address.ts';

const codeOf = (input: string): string => {
  const parsed = parseMailAddress(input);
  return parsed.ok ? 'ok' : parsed.error.code;
};

describe('parseMailAddress', () => {
  it.each([
    ['alice@example.test', 'alice@example.test'],
    ['  Alice.B@Example.TEST\n', 'alice.b@example.test'],
    ["o!#$%&'*+/=?^_`{|}~-k@a-b.example", "o!#$%&'*+/=?^_`{|}~-k@a-b.example"],
    ['root@localhost', 'root@localhost'],
    ['a@xn--mller-kva.example', 'a@xn--mller-kva.example'],
  ])('takes %j as %j', (input, address) => {
    expect(parseMailAddress(input)).toEqual({ ok: true, value: address });
  });

  it.each([
    '',
    '@',
    'alice',
    '@example.test',
    'alice@',
    'a@b@example.test',
    '.a@example.test',
    'a.@example.test',
    'a..b@example.test',
    '"a b"@example.test',
    'a@-example.test',
    'a@example-.test',
    'a@example..test',
    'a@example.test.',
    'a@[192.0.2.1]',
    'a@example.test\nb@example.test',
    'a\u0000@example.test',
    'müller',
  ])('refuses %j as no address', (input) => {
    expect(codeOf(input)).toBe('address-invalid');
  });

  it.each([
    'müller@example.test',
    'a@müller.example',
    'а@example.test',
    'a@example.test\u200b',
    'mar\u212a@example.test',
  ])('says of %j that it is not supported yet', (input) => {
    expect(codeOf(input)).toBe('address-unsupported');
  });

  it('keeps to the lengths that mail allows', () => {
    const local = 'a'.repeat(64);
    const label = 'b'.repeat(63);
    expect(codeOf(`${local}@example.test`)).toBe('ok');
    expect(codeOf(`${local}a@example.test`)).toBe('address-invalid');
    expect(codeOf(`a@${label}.test`)).toBe('ok');
    expect(codeOf(`a@${label}b.test`)).toBe('address-invalid');
    const longest = `${local}@${[label, label].join('.')}.${'c'.repeat(254 - 64 - 1 - 63 - 1 - 63 - 1)}`;
    expect(longest).toHaveLength(254);
    expect(codeOf(longest)).toBe('ok');
    expect(codeOf(`${longest}c`)).toBe('address-invalid');
  });

  it('gives one and the same address however it is written, and again when it is parsed once more', () => {
    const local = fc.stringMatching(/^[a-zA-Z0-9_+-]{1,20}(\.[a-zA-Z0-9]{1,10})?$/);
    const domain = fc.stringMatching(/^[a-zA-Z0-9]{1,20}\.[a-zA-Z]{2,10}$/);
    fc.assert(
      fc.property(local, domain, (before, after) => {
        const written = `${before}@${after}`;
        const parsed = parseMailAddress(written);
        expect(parsed).toEqual({ ok: true, value: written.toLowerCase() });
        expect(parseMailAddress(written.toUpperCase())).toEqual(parsed);
        expect(parsed.ok && parseMailAddress(parsed.value)).toEqual(parsed);
      }),
    );
  });

  it('refuses an address as soon as one character is in it that could break out of a line, a header or a field', () => {
    const hostile = fc.constantFrom(...Array.from(' \t\r\n\0\u007f"\\<>()[],:;@\u00df\u2028\u202e\u{1f600}'));
    fc.assert(
      fc.property(fc.constantFrom('alice@example.test', 'a@b'), fc.nat(), hostile, (address, where, character) => {
        const at = 1 + (where % (address.length - 1));
        expect(codeOf(address.slice(0, at) + character + address.slice(at))).not.toBe('ok');
      }),
    );
  });
});
