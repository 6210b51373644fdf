import type { PersonView } from '@endymail/shared/mail';

/** One correspondent, with what two people compare. */
export function personWords({ address, name, fingerprint, certificateExpiresAt }: PersonView): string {
  return [
    `${address}${name === '' || name === address ? '' : ` (calls themselves ${name})`}`,
    `  Fingerprint  ${fingerprint}`,
    `  Certificate  valid until ${certificateExpiresAt.slice(0, 10)}`,
  ].join('\n');
}
