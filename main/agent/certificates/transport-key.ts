import { randomBytes } from 'node:crypto';
import { Redacted } from '@endymail/shared/result';
import type { TransportKey } from '../mail-clients/adapter.ts';
import { certificateNickname } from './facts.ts';
import type { KeyAndCertificate } from './key-and-certificate.ts';
import { toPkcs12 } from './pkcs12.ts';

const PASSWORD_BYTES = 32;
/** A random password of 256 bits needs no stretching, and each thousand rounds would cost 7 ms for each mailbox. */
const TRANSPORT_ITERATIONS = 1;

/** Packs a key for the moment in which a mail client on this computer imports it, under a one-time password. */
export function transportKey(key: KeyAndCertificate): Promise<TransportKey> {
  const password = new Redacted(randomBytes(PASSWORD_BYTES).toString('base64url'));
  const friendlyName = certificateNickname(key.certificate);
  return Promise.resolve({
    pkcs12: toPkcs12({ key, friendlyName, password, iterations: TRANSPORT_ITERATIONS }),
    password,
  });
}
