import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A request as it goes over the wire. */
export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const END_OF_HEADERS = '\r\n\r\n';

/**
 * Sends each list over a connection of its own that is kept, one request when the last was answered. What sends is as
 * small as it can be, so that the server is measured. Returns milliseconds. Throws unless all are answered with 200.
 */
export async function loaded(url: string, lists: readonly (readonly Sent[])[]): Promise<number> {
  const { host, hostname, port } = new URL(url);
  const ready = await Promise.all(
    lists.map(async (list) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      await once(socket, 'connect');
      return { socket, requests: list.map((sent) => wireOf(sent, host)) };
    }),
  );
  const start = performance.now();
  await Promise.all(ready.map(({ socket, requests }) => inTurn(socket, requests)));
  const took = performance.now() - start;
  for (const { socket } of ready) socket.destroy();
  return took;
}

function wireOf({ method, target, headers, body }: Sent, host: string): Buffer {
  const all = { host, ...headers, 'content-length': String(body.length) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

function inTurn(socket: Socket, requests: readonly Buffer[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let answered = 0;
    let text = '';
    const next = (): void => {
      const request = requests[answered];
      if (request === undefined) resolve();
      else socket.write(request);
    };
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error('The connection was closed'));
    });
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1');
      const end = text.indexOf(END_OF_HEADERS);
      if (end < 0) return;
      const length = Number(/^content-length: (\d+)$/im.exec(text.slice(0, end))?.[1]);
      if (text.length < end + END_OF_HEADERS.length + length) return;
      if (!text.startsWith('HTTP/1.1 200 ')) {
        reject(new Error(text));
        return;
      }
      text = '';
      answered += 1;
      next();
    });
    next();
  });
}
