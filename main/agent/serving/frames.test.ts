import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redacted } from '@endymail/shared/result';
import { createFrameReader, frameOf } from './frames.ts';

const MAX_BYTES = 4_096;
const reader = () => createFrameReader(() => MAX_BYTES);

/** Messages as calls have them: JSON, with bytes in it at any depth. */
const messages = fc.letrec((tie) => ({
  message: fc.oneof(
    { depthSize: 'small' },
    fc.string({ maxLength: 20 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('message'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ maxLength: 8 }).filter((key) => key !== '$bytes'),
      tie('message'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).message;

/** Cuts a stream at these places. */
function pieces(stream: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => stream.subarray(places[index], end));
}

describe('a stream of messages', () => {
  it('gives back what was put in, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 4 }), fc.array(fc.nat(), { maxLength: 12 }), (sent, cuts) => {
        const frames = sent.map(frameOf);
        fc.pre(frames.every(({ length }) => length <= MAX_BYTES));
        const reading = reader();
        const read = pieces(Buffer.concat(frames), cuts).flatMap((piece) => reading.push(piece) ?? ['refused']);
        expect(read).toEqual(sent);
        expect(reading.isInside()).toBe(false);
      }),
    );
  });

  it('knows that a message is not whole', () => {
    const frame = frameOf({ nonce: new Uint8Array(32) });
    for (const end of [1, 3, 4, 5, frame.length - 1]) {
      const reading = reader();
      expect(reading.push(frame.subarray(0, end))).toEqual([]);
      expect(reading.isInside()).toBe(true);
    }
  });

  it('[SEC-36] refuses what is too long by its length alone', () => {
    for (const length of [MAX_BYTES + 1, 0x7fff_ffff, 0xffff_ffff, 0]) {
      const head = Buffer.alloc(4);
      head.writeUInt32BE(length);
      expect(reader().push(head)).toBeNull();
    }
  });

  it('[SEC-36] never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(), { maxLength: 4 }), (garbage, cuts) => {
        const reading = reader();
        for (const piece of pieces(Buffer.from(garbage), cuts)) if (reading.push(piece) === null) return;
      }),
    );
  });

  it.each([
    'nothing',
    '{"a":',
    '"\\ud800',
    '{"$bytes":1}',
    '{"$bytes":"a"}',
    '{"$bytes":"AA=="," ":1}',
    '['.repeat(2_000),
    '\u0000',
  ])('[SEC-36] refuses %j', (text) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(Buffer.byteLength(text));
    expect(reader().push(Buffer.concat([head, Buffer.from(text)]))).toBeNull();
  });

  it('[SEC-36] refuses what is no UTF-8', () => {
    expect(reader().push(Buffer.from([0, 0, 0, 3, 0x22, 0xff, 0x22]))).toBeNull();
  });

  it('[SEC-1] carries no secret by mistake', () => {
    expect(frameOf({ passphrase: new Redacted('four random words') }).toString()).not.toContain('random');
  });
});
