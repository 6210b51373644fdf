import { createConnection, type Socket } from 'node:net';
import { createFrameReader, frameOf } from '../frames.ts';

/** A peer that speaks as the test has it. */
export interface RawClient {
  readonly socket: Socket;
  send(message: unknown): void;
  /** The next message; null when the other end has ended the connection. */
  next(): Promise<unknown>;
  /** Everything that was received, as bytes. */
  received(): Buffer;
}

export async function rawClient(path: string): Promise<RawClient> {
  const socket = createConnection(path);
  const reader = createFrameReader(() => Number.POSITIVE_INFINITY);
  const pieces: Buffer[] = [];
  const messages: unknown[] = [];
  let isOver = false;
  let wake: () => void = () => undefined;
  socket.on('data', (piece: Buffer) => {
    pieces.push(piece);
    messages.push(...(reader.push(piece) ?? []));
    wake();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isOver = true;
    wake();
  });
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve);
    socket.once('close', () => {
      resolve();
    });
  });
  return {
    socket,
    send: (message) => {
      socket.write(frameOf(message));
    },
    async next() {
      while (messages.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return messages.shift() ?? null;
    },
    received: () => Buffer.concat(pieces),
  };
}
