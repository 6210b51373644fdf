import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509';
import type { MailAddress } from '@endymail/shared/mail';
import { keyFingerprint } from './fingerprint.ts';

export const OID_COMMON_NAME = '2.5.4.3';
const OID_ORGANIZATION = '2.5.4.10';
/** PKCS#9, RFC 2985 §5.2.1 */
const OID_EMAIL_ADDRESS = '1.2.840.113549.1.9.1';
/** RFC 4524 §2.16. Thunderbird reads it as an address like the one before. */
const OID_MAIL = '0.9.2342.19200300.100.1.3';

/** Names a mailbox's CA: a function of the whole key fingerprint, and nothing of the person. */
export function authorityName(publicKey: Uint8Array): Name {
  return new Name([utf8(OID_COMMON_NAME, `Endymail ${keyFingerprint(publicKey)}`)]);
}

/** Names a device's local anchor. The organisation sets it apart from every mailbox's CA. */
export function anchorName(publicKey: Uint8Array): Name {
  return new Name([
    utf8(OID_ORGANIZATION, 'Endymail on this device'),
    utf8(OID_COMMON_NAME, `Anchor ${keyFingerprint(publicKey)}`),
  ]);
}

/**
 * The two attributes that Thunderbird takes an address from, in the order and encoding (IA5String) that the constraint
 * of the CA and the subject under it must share byte for byte. Both are needed: with one constrained, the other is free.
 */
export function mailboxName(address: MailAddress): Name {
  return new Name([ia5(OID_EMAIL_ADDRESS, address), ia5(OID_MAIL, address)]);
}

/** `name` must be clean already (display-name.ts). It goes in as one value, so nothing in it becomes an attribute. */
export function personName(address: MailAddress, name: string): Name {
  return new Name([...mailboxName(address), utf8(OID_COMMON_NAME, name)]);
}

function utf8(type: string, utf8String: string): RelativeDistinguishedName {
  return attribute(type, new AttributeValue({ utf8String }));
}

function ia5(type: string, ia5String: string): RelativeDistinguishedName {
  return attribute(type, new AttributeValue({ ia5String }));
}

function attribute(type: string, value: AttributeValue): RelativeDistinguishedName {
  return new RelativeDistinguishedName([new AttributeTypeAndValue({ type, value })]);
}
