import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import type { ProblemCode } from '@endymail/shared/mesh-api';
import { WIRE_LIMITS } from '@endymail/shared/mesh-api';
import type { Handlers } from './answers.ts';
import { isCallPath, registerCalls } from './calls.ts';
import type { Ground } from './ground.ts';
import { whereOf } from './journal.ts';
import { clientAddress } from './client-address.ts';
import { createListener, type TlsFiles } from './listener.ts';
import { problemSent, rawProblem, sendProblem } from './problem-reply.ts';
import { accountAnswers } from './routes/accounts.ts';
import { chainAnswers } from './routes/chain.ts';
import { requestAnswers } from './routes/requests.ts';
import { sequenceAnswers } from './routes/sequences.ts';
import { statusAnswers } from './routes/status.ts';

/** Base64url of the longest id in a path: 64 bytes. */
const PARAM_MAX_CHARS = 86;

export interface ServerOptions {
  /** Null: plain HTTP, on loopback or behind a proxy. */
  readonly tls: TlsFiles | null;
  /** Addresses of proxies whose word on the client's address is taken. */
  readonly trustedProxies: readonly string[];
}

/** The service as HTTP: every call of the contract, and a problem document for everything else. */
export function createServer(ground: Ground, { tls, trustedProxies }: ServerOptions): FastifyInstance {
  const { limits, journal } = ground;
  const server = Fastify({
    serverFactory: (onRequest) =>
      createListener(
        (request, response) => {
          onRequest(request, response);
        },
        tls,
        limits,
        trustedProxies.length === 0,
      ),
    // What fastify says holds URLs; the journal takes records without any.
    logger: false,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    bodyLimit: WIRE_LIMITS.bodyMaxBytes,
    routerOptions: { maxParamLength: PARAM_MAX_CHARS, caseSensitive: true, ignoreTrailingSlash: false },
    frameworkErrors: (_error, _request, reply) => {
      void sendProblem(reply, { code: 'malformed' });
    },
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => {
      answerBrokenRequest(error.code ?? '', socket);
    },
  });

  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/cbor', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  server.addHook('onRequest', async (request, reply) => {
    const origin = ground.places().originOf(request.headers.host);
    if (origin === null) return sendProblem(reply, { code: 'host-refused' });
    if (!ground.places().isOwnPage(request.headers, origin)) return sendProblem(reply, { code: 'origin-refused' });
    const wait = ground.admission.request(clientAddress(request.raw, trustedProxies));
    if (wait !== null) return sendProblem(reply, { code: 'too-many', retryAfterSeconds: wait });
    return undefined;
  });

  server.addHook('onSend', async (_request, reply) => {
    // Nothing of an account belongs into the cache of a proxy, nor is it ever a page.
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  server.addHook('onResponse', async (request, reply) => {
    journal({
      event: 'request',
      route: request.routeOptions.url ?? null,
      method: request.method,
      status: reply.statusCode,
      code: problemSent(reply),
      durationMs: Math.round(reply.elapsedTime),
    });
  });

  server.setNotFoundHandler((request, reply) => sendProblem(reply, { code: codeOfUnknown(request.url) }));
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const code = codeOf(error);
    if (code === 'internal') journal({ event: 'mistake', where: whereOf(error) });
    return sendProblem(reply, { code });
  });

  registerCalls(server, answersOn(ground), ground, (request) => clientAddress(request, trustedProxies));
  return server;
}

const answersOn = (ground: Ground): Handlers => ({
  ...statusAnswers(ground),
  ...accountAnswers(ground),
  ...chainAnswers(ground),
  ...sequenceAnswers(ground),
  ...requestAnswers(ground),
});

/** What fastify says no with before an answer is asked for (its errors are listed in its reference). */
const FRAMEWORK_CODES: Readonly<Record<string, ProblemCode>> = Object.freeze({
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed',
  FST_ERR_CTP_INVALID_TYPE: 'media-type',
});

function codeOf(error: FastifyError): ProblemCode {
  const known = FRAMEWORK_CODES[error.code];
  if (known !== undefined) return known;
  return (error.statusCode ?? 500) < 500 ? 'malformed' : 'internal';
}

function codeOfUnknown(url: string): ProblemCode {
  return isCallPath(url.split('?')[0] ?? '') ? 'method-unknown' : 'route-unknown';
}

/** Answers what is no request: Node has given up on it before there was one. */
function answerBrokenRequest(code: string, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(rawProblem({ code: BROKEN_CODES[code] ?? 'malformed' }), () => {
    socket.destroy();
  });
}

const BROKEN_CODES: Readonly<Record<string, ProblemCode>> = Object.freeze({
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
});
