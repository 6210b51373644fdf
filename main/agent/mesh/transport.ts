import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { err, ok, type Result } from '@endymail/shared/result';
import { MESH_LIMITS } from './limits.ts';
import { holdsToPin, OTHER_KEY } from './pin.ts';

/** What goes to a service. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The longest body that is taken for an answer. */
  readonly answerMaxBytes: number;
  /**
   * SHA-256 of the service's SubjectPublicKeyInfo, hexadecimal: it proves itself with this key, whoever vouches for it.
   * Null: by a certificate that this computer trusts.
   */
  readonly pin: string | null;
}

export interface Incoming {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/**
 * `offline`: nobody was reached, or they fell silent · `certificate`: this computer does not trust whoever answered, and
 * no key was agreed on · `other-key`: whoever answered has another key than the one agreed on · `malformed`: an answer that is none, or is too long. `detail` is the system's word.
 */
export interface TransportFault {
  readonly kind: 'offline' | 'certificate' | 'other-key' | 'malformed';
  readonly detail: string;
}

/** How long it is waited and how much is taken; those of `MESH_LIMITS` unless given. */
export interface TransportLimits {
  /** Until nobody is taken to be there. */
  readonly connectMs: number;
  /** Until the last byte of the answer. */
  readonly answerMs: number;
  readonly headersMaxBytes: number;
}

/** Codes of OpenSSL and Node for a certificate that does not prove what it should. */
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|ERR_TLS/;

/**
 * Sends one request and reads the whole answer. Follows no redirect: where the service is, is agreed on beforehand.
 * Plain HTTP reaches this computer itself and nobody else.
 */
export async function exchange(
  outgoing: Outgoing,
  limits: TransportLimits = MESH_LIMITS,
): Promise<Result<Incoming, TransportFault>> {
  const { url } = outgoing;
  if (url.protocol === 'http:' ? !isLoopback(url.hostname) : url.protocol !== 'https:') {
    return err({ kind: 'certificate', detail: `${url.protocol}//${url.hostname} would not be protected on its way` });
  }
  try {
    const response = await respond(outgoing, limits);
    const body = await readBody(response, outgoing.answerMaxBytes);
    if (body === null) return err({ kind: 'malformed', detail: 'the answer is too long' });
    const headers = Object.fromEntries(
      Object.entries(response.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    return ok({ status: response.statusCode ?? 0, contentType: headers['content-type'] ?? '', headers, body });
  } catch (error) {
    return err(faultOf(error));
  }
}

/** `localhost`, 127.0.0.0/8, ::1. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

function respond({ method, url, headers, body, pin }: Outgoing, limits: TransportLimits): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  const options: RequestOptions = {
    method,
    headers: { ...headers, 'content-length': String(body.length) },
    maxHeaderSize: limits.headersMaxBytes,
    // No connection is kept: a service that was restarted would have to be told from one that fell silent.
    agent: false,
    signal: AbortSignal.timeout(limits.answerMs),
  };
  return new Promise((resolve, reject) => {
    const sent = isSecure
      ? requestHttps(url, { ...options, rejectUnauthorized: pin === null }, resolve)
      : requestHttp(url, options, resolve);
    sent.on('error', reject);
    sent.on('socket', (socket) => {
      const limit = setTimeout(() => sent.destroy(new Error('no connection')), limits.connectMs);
      socket.once('close', () => {
        clearTimeout(limit);
      });
      // Nothing is on its way before the other end has proved itself.
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        clearTimeout(limit);
        if (holdsToPin(socket, pin)) sent.end(body);
      });
    });
  });
}

/** Null: longer than it may be. */
async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > maxBytes) {
      response.destroy();
      return null;
    }
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

function faultOf(error: unknown): TransportFault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const detail = [code, error instanceof Error ? error.message : ''].filter((text) => text !== '').join(': ');
  if (code === OTHER_KEY) return { kind: 'other-key', detail };
  if (CERTIFICATE_CODE.test(code)) return { kind: 'certificate', detail };
  return { kind: /^(HPE_|ERR_SSL|EPROTO)/.test(code) ? 'malformed' : 'offline', detail };
}
