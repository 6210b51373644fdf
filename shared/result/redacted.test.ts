import { describe, expect, it } from 'vitest';
import { Redacted } from './redacted.ts';

const SECRET = 'four random words here';

describe('Redacted', () => {
  it('gives the secret to whom asks for it', () => {
    expect(new Redacted(SECRET).reveal()).toBe(SECRET);
    const bytes = Uint8Array.of(1, 2, 3);
    expect(new Redacted(bytes).reveal()).toBe(bytes);
  });

  it('can not be printed, by whatever way', () => {
    const redacted = new Redacted(SECRET);
    expect(String(redacted)).toBe('<redacted>');
    expect(JSON.stringify({ deep: [redacted] })).toBe('{"deep":["<redacted>"]}');
    expect(Reflect.get(redacted, Symbol.for('nodejs.util.inspect.custom'))).toBeTypeOf('function');
  });

  it('has no property in which a walk over it, or a copy of it, would find the secret', () => {
    expect(Reflect.ownKeys(new Redacted(SECRET))).toEqual([]);
  });
});
