import { describe, expect, it } from 'vitest';
import { drawDigits, parseDigits } from './digits.ts';

const bytesOfNumber = (number: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
};

const drawing = (...numbers: readonly number[]) => {
  const left = [...numbers];
  return { random: () => bytesOfNumber(left.shift() ?? 0), left };
};

describe('six digits', () => {
  it('are six, also where the number is small', () => {
    expect(drawDigits(drawing(42).random).reveal()).toBe('000042');
    expect(drawDigits().reveal()).toMatch(/^[0-9]{6}$/);
  });

  it('are drawn again beyond the last whole million, where the small ones would be likelier', () => {
    const { random, left } = drawing(4_294_000_000, 4_294_967_295, 4_293_999_999);
    expect(drawDigits(random).reveal()).toBe('999999');
    expect(left).toEqual([]);
  });

  it('spread over all first digits', () => {
    const firsts = new Set(Array.from({ length: 500 }, () => drawDigits().reveal().charAt(0)));
    expect(firsts.size).toBe(10);
  });

  it('are shown in no log', () => {
    expect(JSON.stringify({ digits: drawDigits() })).toBe('{"digits":"<redacted>"}');
  });

  it.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    [' 12 34 56 ', '123456'],
    ['000000', '000000'],
  ])('are read as they were typed: %j', (typed, digits) => {
    expect(parseDigits(typed)?.reveal()).toBe(digits);
  });

  it.each(['', '12345', '1234567', '12345a', '１２３４５６', '123-456', '-12345'])('are not %j', (typed) => {
    expect(parseDigits(typed)).toBeNull();
  });
});
