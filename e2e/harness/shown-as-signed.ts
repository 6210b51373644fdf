import type { HostileLeaf } from './hostile-leaves.ts';
import { encryptMail, signMail } from './openssl-mail.ts';
import { openMessage, receiveMessage } from './reader.ts';
import { keyPairBytes } from './test-person.ts';
import type { Thunderbird } from './thunderbird.ts';

/**
 * Mails a forged certificate, and all that goes with it, to somebody whose Thunderbird displays it: in the clear, and
 * encrypted to `receiver`. Returns whether one of the two is shown as signed by `from`.
 */
export async function shownAsSigned(
  thunderbird: Thunderbird,
  { shape, key, extra = [] }: HostileLeaf,
  { from, receiver }: { from: string; receiver: { readonly address: string; readonly certificate: Uint8Array } },
): Promise<boolean> {
  const headers = { from, to: receiver.address, subject: shape };
  const signed = await signMail({ signer: keyPairBytes(key), carry: extra, text: 'it is me', ...headers });
  // In the clear an invalid signature shows nothing; what is encrypted says so.
  const sealed = await encryptMail({ recipient: receiver.certificate, content: signed, ...headers });
  const icons = [];
  for (const mail of [signed, sealed]) {
    icons.push((await openMessage(thunderbird, await receiveMessage(thunderbird, mail))).signatureIcon);
  }
  return icons.includes('ok');
}
