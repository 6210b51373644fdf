import type { Socket } from 'node:net';
import { createFrameReader, frameOf } from './frames.ts';
import { SERVING_LIMITS } from './limits.ts';

/** One end of a connection, by whole messages. */
export interface Channel {
  send(message: unknown): void;
  /** Ends it, once what was sent is delivered. */
  end(): void;
  /** Ends it at once. */
  drop(): void;
}

export interface ChannelEvents {
  readonly onMessage: (message: unknown) => void;
  /** Once, however it ended. */
  readonly onEnd: () => void;
}

export interface ChannelLimits {
  readonly maxBytes: () => number;
  /** From the beginning of a message to its end. */
  readonly messageTimeMs?: number;
  readonly unreadMaxBytes?: number;
}

/** Speaks messages over a socket. Whoever sends something else, or does not read, is let go. */
export function createChannel(socket: Socket, events: ChannelEvents, limits: ChannelLimits): Channel {
  const { maxBytes, messageTimeMs = SERVING_LIMITS.messageTimeMs } = limits;
  const { unreadMaxBytes = SERVING_LIMITS.unreadMaxBytes } = limits;
  const reader = createFrameReader(maxBytes);
  let halfMessage: NodeJS.Timeout | null = null;
  const drop = (): void => {
    socket.destroy();
  };

  socket.on('data', (piece: Buffer) => {
    const messages = reader.push(piece);
    if (messages === null) {
      drop();
      return;
    }
    if (halfMessage !== null && (messages.length > 0 || !reader.isInside())) {
      clearTimeout(halfMessage);
      halfMessage = null;
    }
    if (reader.isInside()) halfMessage ??= setTimeout(drop, messageTimeMs);
    for (const message of messages) {
      // What comes after something that was refused is not looked at.
      if (socket.destroyed) return;
      events.onMessage(message);
    }
  });
  // The other end is gone, or was never there: `close` follows.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (halfMessage !== null) clearTimeout(halfMessage);
    events.onEnd();
  });

  return {
    send(message) {
      if (socket.destroyed || !socket.writable) return;
      socket.write(frameOf(message));
      if (socket.writableLength > unreadMaxBytes) drop();
    },
    end() {
      socket.end();
    },
    drop,
  };
}
