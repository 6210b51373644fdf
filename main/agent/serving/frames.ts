import { decodeMessage, encodeMessage } from './wire.ts';

/** Before each message: how many bytes it has, as an unsigned number, big endian. */
const HEAD_BYTES = 4;

/** A message as it goes over the socket. */
export function frameOf(message: unknown): Buffer {
  const content = encodeMessage(message);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(content.length);
  return Buffer.concat([head, content]);
}

/** Puts the pieces of a stream together. */
export interface FrameReader {
  /** The messages that are whole with this piece; null where the stream is none of ours, and is to be ended. */
  push(piece: Buffer): readonly unknown[] | null;
  /** The beginning of a message is here, and its end is not. */
  isInside(): boolean;
}

/** `maxBytes` is asked anew for each message: one who has proved nothing gets little room. */
export function createFrameReader(maxBytes: () => number): FrameReader {
  let pieces: Buffer[] = [];
  let held = 0;
  let wanted: number | null = null;

  /** Joined only when it is all there: a long message comes in thousands of pieces. */
  const take = (count: number): Buffer => {
    const all = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
    pieces = all.length > count ? [all.subarray(count)] : [];
    held -= count;
    return all.subarray(0, count);
  };

  return {
    push(piece) {
      pieces.push(piece);
      held += piece.length;
      const messages: unknown[] = [];
      for (;;) {
        if (wanted === null) {
          if (held < HEAD_BYTES) return messages;
          wanted = take(HEAD_BYTES).readUInt32BE();
          if (wanted === 0 || wanted > maxBytes()) return null;
        }
        if (held < wanted) return messages;
        const decoded = decodeMessage(take(wanted));
        wanted = null;
        if (decoded === null) return null;
        messages.push(decoded.message);
      }
    },
    isInside: () => held > 0 || wanted !== null,
  };
}
