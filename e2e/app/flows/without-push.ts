import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A network that lets everything through but what a service says unasked. */
export interface WithoutPush extends AsyncDisposable {
  /** What stands behind the at sign of an account there. */
  readonly host: string;
  /** The environment of a service that knows that it is reached there. */
  readonly env: Readonly<Record<string, string>>;
  /** How often somebody wanted to listen. */
  readonly refused: () => number;
}

/** `behind`: the service, e.g. "127.0.0.1:40312", which may come and go. */
export async function withoutPush(behind: string): Promise<WithoutPush> {
  let refused = 0;

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method, url = '/' } = incoming;
    const sent = request(new URL(url, `http://${behind}`), { method, headers: incoming.headers, agent: false });
    const answered = new Promise<IncomingMessage>((resolve, reject) =>
      sent.on('response', resolve).on('error', reject),
    );
    sent.end(await buffer(incoming));
    const back = await answered;
    answer.writeHead(back.statusCode ?? 502, back.headers).end(await buffer(back));
  }

  const server = createServer((incoming, answer) => {
    pass(incoming, answer).catch(() => answer.destroy());
  });
  server.on('upgrade', (_incoming, socket) => {
    refused += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    host,
    env: { ENDYMAIL_MESH_PUBLIC_URL: `http://${host}` },
    refused: () => refused,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
