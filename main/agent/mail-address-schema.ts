import * as v from 'valibot';
import { parseMailAddress, type MailAddress } from '@endymail/shared/mail';

/** A mail address in what is read back from a file, through the one parser of addresses. */
export const MailAddressSchema = v.pipe(
  v.string(),
  v.rawTransform<string, MailAddress>(({ dataset, addIssue, NEVER }) => {
    const address = parseMailAddress(dataset.value);
    if (address.ok) return address.value;
    addIssue({ message: address.error.message });
    return NEVER;
  }),
);
