import { createHash, type X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** SHA-256 of the certificate's SubjectPublicKeyInfo, hexadecimal. */
export function pinOf(certificate: X509Certificate): string {
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex');
}

/** The code of the error with which a connection ends whose other end has another key than the one agreed on. */
export const OTHER_KEY = 'ERR_TLS_PIN';

/**
 * Ends the connection where the other end proved itself by TLS with another key than `pin`; true where it is as agreed.
 * Null, and a connection without TLS, which reaches this computer alone: nothing was agreed on.
 */
export function holdsToPin(socket: Socket, pin: string | null): boolean {
  if (pin === null || !isTls(socket)) return true;
  const certificate = socket.getPeerX509Certificate();
  if (certificate !== undefined && pinOf(certificate) === pin) return true;
  socket.destroy(Object.assign(new Error('another key than the one agreed on'), { code: OTHER_KEY }));
  return false;
}

const isTls = (socket: Socket): socket is TLSSocket => 'getPeerX509Certificate' in socket;
