import { createServer, request, type RequestOptions } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { selfSigned } from '@endymail/service';

/** Somebody who stands before a service with a certificate of their own, and lets everything through. */
export interface Interposed extends AsyncDisposable {
  /** As `127.0.0.1:4433`. */
  readonly place: string;
}

/** `origin`: that of the service, `https://127.0.0.1:4433`. */
export async function interpose(origin: string): Promise<Interposed> {
  const { certificate: cert, key } = selfSigned();
  let own = '';

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const headers = { ...incoming.headers, host: new URL(origin).host };
    const options: RequestOptions = { method: incoming.method, headers, rejectUnauthorized: false, agent: false };
    const sent = request(new URL(incoming.url ?? '/', origin), options);
    const answered = new Promise<IncomingMessage>((resolve, reject) =>
      sent.on('response', resolve).on('error', reject),
    );
    sent.end(await buffer(incoming));
    const back = await answered;
    const body = await buffer(back);
    // The service would send the device past this place.
    const shown = incoming.url === '/.well-known/mesh' ? body.toString().replaceAll(origin, own) : body;
    answer
      .writeHead(back.statusCode ?? 502, { 'content-type': back.headers['content-type'] ?? 'text/plain' })
      .end(shown);
  }

  const server = createServer({ cert, key }, (incoming, answer) => {
    pass(incoming, answer).catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  own = `https://${place}`;
  return {
    place,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
