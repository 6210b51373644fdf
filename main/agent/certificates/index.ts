export { checkMailboxAuthority, checkMailboxCertificate, checkMailboxProfile } from './check.ts';
export {
  authorityFingerprint,
  certificateFacts,
  certificateId,
  certificateNickname,
  parseCertificate,
  renewalDue,
  type CertificateFacts,
} from './facts.ts';
export { createAnchor, createMailboxAuthority, issueCrossCertificate, issueMailboxCertificate } from './issue.ts';
export type { KeyAlgorithm, KeyAndCertificate } from './key-and-certificate.ts';
export { isKeyPair } from './key-pair-check.ts';
export { toPkcs12 } from './pkcs12.ts';
export { transportKey } from './transport-key.ts';
