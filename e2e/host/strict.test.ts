import { describe, expect, it } from 'vitest';
import { emitPreventable, knownOptions, strict, StrictEmitter } from './strict.ts';

class Emitter extends StrictEmitter {
  count = 0;

  constructor() {
    super('thing', ['happens']);
  }

  add(): void {
    this.count += 1;
  }
}

describe('a strict object', () => {
  it('gives what it has and refuses the rest by name', () => {
    const object: { a: number; b?: number } = strict('thing', { a: 1 });
    expect(object.a).toBe(1);
    expect(() => object.b).toThrow('The host does not offer thing.b.');
    expect(() => (object.b = 2)).toThrow('The host does not offer thing.b to be set.');
    object.a = 2;
    expect(object.a).toBe(2);
  });

  it('can be printed, compared and given to `await`', async () => {
    const object = strict('thing', { a: 1 });
    expect(await Promise.resolve(object)).toEqual({ a: 1 });
    expect(JSON.stringify(object)).toBe('{"a":1}');
  });
});

describe('a strict emitter', () => {
  it('emits the events that it has, and takes no listener for others', () => {
    const emitter = new Emitter();
    emitter.once('happens', () => {
      emitter.add();
    });
    emitter.emit('happens');
    expect(emitter.count).toBe(1);
    expect(() => emitter.on('never', () => undefined)).toThrow("The host does not offer the event 'never' of thing.");
    expect(() => Reflect.get(emitter, 'missing') as unknown).toThrow('thing.missing');
  });

  it('says whether an event was prevented', () => {
    const emitter = new Emitter();
    expect(emitPreventable(emitter, 'happens')).toBe(false);
    emitter.on('happens', (event: { preventDefault(): void; url: string }, more: number) => {
      if (event.url === 'a' && more === 1) event.preventDefault();
    });
    expect(emitPreventable(emitter, 'happens', { url: 'a' }, 1)).toBe(true);
    expect(emitPreventable(emitter, 'happens', { url: 'b' }, 1)).toBe(false);
  });
});

it('options are refused by the first that is unknown', () => {
  expect(knownOptions('f', { a: 1 }, ['a'])).toEqual({ a: 1 });
  expect(() => knownOptions('f', { a: 1, b: 2 }, ['a'])).toThrow('The host does not offer f: { b }.');
});
