import fastify from 'fastify';

/** The HTTP server of the service with nothing behind it: it takes the same bodies, and answers "ok". Returns its URL. */
export function bareServer(before: () => Promise<void>): Promise<string> {
  const server = fastify({ logger: false });
  server.addContentTypeParser('application/cbor', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  server.post('/*', async () => {
    await before();
    return 'ok';
  });
  server.get('/*', () => 'ok');
  return server.listen({ host: '127.0.0.1', port: 0 });
}
