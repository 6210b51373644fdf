import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameReader, frame, MARIONETTE_MESSAGE_MAX_BYTES } from './marionette-frames.ts';

describe('Marionette frames', () => {
  it('give back every message, however the stream is cut', () => {
    const cuts = fc.array(fc.nat({ max: 40 }), { maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), cuts, (messages, sizes) => {
        const stream = Buffer.concat(messages.map(frame));
        const reader = createFrameReader();
        const received: unknown[] = [];
        let at = 0;
        for (const size of [...sizes, stream.length]) {
          const taken = reader.push(stream.subarray(at, at + size));
          if (!taken.ok) throw new Error(taken.error);
          received.push(...taken.value);
          at += size;
        }
        // What JSON can not say (-0) is not expected back.
        expect(received).toEqual(JSON.parse(JSON.stringify(messages)));
      }),
    );
  });

  it.each([
    ['a length that is none', 'abc:{}'],
    ['a negative length', '-5:{}'],
    ['more digits than a length has', '123456789'],
    ['a length beyond the limit', `${MARIONETTE_MESSAGE_MAX_BYTES + 1}:`],
    ['something that is not JSON', '3:{x}'],
    ['an empty message', '0:'],
  ])('refuse %s', (_, bytes) => {
    expect(createFrameReader().push(Buffer.from(bytes)).ok).toBe(false);
  });

  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const taken = createFrameReader().push(Buffer.from(bytes));
        expect(typeof taken.ok).toBe('boolean');
      }),
    );
  });
});
