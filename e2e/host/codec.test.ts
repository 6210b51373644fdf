import { runInThisContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodec } from './page/codec.ts';

const codec = createCodec();
const there = (value: unknown): unknown => codec.decode(codec.encode(value));

describe('the codec', () => {
  it('gives back every value of JSON as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(there(value)).toEqual(value);
      }),
    );
  });

  it('gives back what JSON has no form for', () => {
    const error = Object.assign(new TypeError('not so'), { stack: 'where' });
    const values = [
      undefined,
      [undefined, -0, NaN, Infinity],
      12345678901234567890n,
      new Date(0),
      /a"b/gi,
      new Map<unknown, unknown>([['a', new Set([1, undefined])]]),
      Uint8Array.of(0, 255),
      new Float64Array([0.5]),
      Uint8Array.of(7).buffer,
    ];
    for (const value of values) expect(there(value)).toEqual(value);
    expect(there(error)).toMatchObject({ name: 'TypeError', message: 'not so', stack: 'where' });
  });

  it('takes no list for one of its own marks', () => {
    expect(there(['undefined'])).toEqual(['undefined']);
    expect(there({ a: ['date', 0] })).toEqual({ a: ['date', 0] });
  });

  it('carries a view of a part of a buffer as that part', () => {
    expect(there(Uint8Array.of(1, 2, 3, 4).subarray(1, 3))).toEqual(Uint8Array.of(2, 3));
  });

  it('refuses what can not be cloned, and what contains itself', () => {
    const round: { self?: unknown } = {};
    round.self = round;
    for (const value of [() => 1, Symbol('a'), Promise.resolve(1), { deep: [() => 1] }]) {
      expect(() => codec.encode(value)).toThrow('could not be cloned');
    }
    expect(() => codec.encode(round)).toThrow('contains itself');
    const twice = { a: 1 };
    expect(there([twice, twice])).toEqual([twice, twice]);
  });

  it('stands alone, so that its source can be put into a page', () => {
    const text = JSON.stringify(codec.encode(new Map([[1, 2n]])));
    const there: unknown = runInThisContext(`(${createCodec.toString()})().decode(${text})`);
    expect(there).toEqual(new Map([[1, 2n]]));
  });
});
