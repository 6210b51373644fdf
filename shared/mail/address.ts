import { err, failure, ok, type Failure, type Result } from '../result/index.ts';

/**
 * A mail address as Endymail compares and certifies it: ASCII, lower case, `local@domain`.
 * Lower case everywhere because Thunderbird compares the local part without case and OpenSSL with case.
 */
export type MailAddress = string & { readonly __mailAddress: true };

/** RFC 5321 §4.5.3.1: 64 octets before the @, 255 after it. 254 in all is what a path leaves (RFC 3696 erratum 1690). */
const ADDRESS_MAX_CHARS = 254;
const LOCAL_PART_MAX_CHARS = 64;

// RFC 5322 dot-atom. Quoted local parts are legal and in no real use; they are refused rather than half supported.
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Parses what a person or a settings file wrote. Errors: `address-invalid`, `address-unsupported` (not ASCII). */
export function parseMailAddress(input: string): Result<MailAddress, Failure> {
  const written = input.trim();
  // Before lower case is made: that turns the Kelvin sign (U+212A), which is not ASCII, into a k.
  // eslint-disable-next-line no-control-regex -- ASCII is exactly the range meant
  if (/[^\x00-\x7f]/.test(written))
    return err(failure(written.includes('@') ? 'address-unsupported' : 'address-invalid'));
  const address = written.toLowerCase();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  const valid =
    at > 0 &&
    address.length <= ADDRESS_MAX_CHARS &&
    local.length <= LOCAL_PART_MAX_CHARS &&
    LOCAL_PART.test(local) &&
    DOMAIN.test(domain);
  return valid ? ok(address as MailAddress) : err(failure('address-invalid'));
}
