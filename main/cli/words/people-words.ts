import { hasKeyEnded, type PersonView } from '@endymail/shared/mail';

/** One correspondent, with what two people compare, and whether mail to them is encrypted at this moment. */
export function personWords(person: PersonView, now: Date): string {
  const { address, name, fingerprint, certificateExpiresAt } = person;
  const until = certificateExpiresAt.slice(0, 10);
  return [
    `${address}${name === '' || name === address ? '' : ` (calls themselves ${name})`}`,
    `  Fingerprint  ${fingerprint}`,
    // Thunderbird says nothing of it, and sends such a mail unencrypted.
    hasKeyEnded(person, now)
      ? `! Certificate  ended on ${until}: mail to them goes unencrypted. Ask them for their new file.`
      : `  Certificate  valid until ${until}`,
  ].join('\n');
}
