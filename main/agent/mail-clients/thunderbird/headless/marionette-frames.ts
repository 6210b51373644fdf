import { err, ok, type Result } from '@endymail/shared/result';

/** The largest message that is taken from the other side, in bytes. Ours are lists of certificates, far below it. */
export const MARIONETTE_MESSAGE_MAX_BYTES = 16 * 1024 * 1024;

/** As many digits as the largest length has; what is longer without a colon is not a length. */
const LENGTH_MAX_CHARS = String(MARIONETTE_MESSAGE_MAX_BYTES).length;
const COLON = 0x3a;

/** Cuts a stream of bytes into messages. */
export interface FrameReader {
  /** Takes the next bytes; returns the messages that are complete with them. After an error the stream is unusable. */
  push(chunk: Buffer): Result<readonly unknown[], string>;
}

/** Wire format (remote/marionette/packets.sys.mjs, JSONPacket): the length in bytes as decimal digits, a colon, JSON. */
export function frame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`${body.length}:`), body]);
}

export function createFrameReader(): FrameReader {
  let chunks: Buffer[] = [];
  let held = 0;
  /** Bytes that must be there before another look makes sense: a large message is put together once, not per chunk. */
  let needed = 1;

  const next = (bytes: Buffer): Result<{ message: unknown; rest: Buffer } | null, string> => {
    const colon = bytes.subarray(0, LENGTH_MAX_CHARS + 1).indexOf(COLON);
    if (colon < 0) {
      needed = bytes.length + 1;
      return bytes.length > LENGTH_MAX_CHARS ? err('a message without a length') : ok(null);
    }
    const digits = bytes.subarray(0, colon).toString('latin1');
    const length = Number(digits);
    if (!/^\d+$/.test(digits) || length > MARIONETTE_MESSAGE_MAX_BYTES) return err(`a message of length "${digits}"`);
    needed = colon + 1 + length;
    if (bytes.length < needed) return ok(null);
    try {
      const message: unknown = JSON.parse(bytes.subarray(colon + 1, needed).toString('utf8'));
      return ok({ message, rest: bytes.subarray(needed) });
    } catch {
      return err('a message that is not JSON');
    }
  };

  return {
    push: (chunk) => {
      chunks.push(chunk);
      held += chunk.length;
      if (held < needed) return ok([]);
      const messages: unknown[] = [];
      let bytes: Buffer = Buffer.concat(chunks);
      for (;;) {
        const step = next(bytes);
        if (!step.ok) return step;
        if (step.value === null) break;
        messages.push(step.value.message);
        bytes = step.value.rest;
        needed = 1;
        if (bytes.length === 0) break;
      }
      chunks = bytes.length === 0 ? [] : [bytes];
      held = bytes.length;
      return ok(messages);
    },
  };
}
