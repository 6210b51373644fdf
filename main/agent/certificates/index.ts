export { checkMailboxAuthority, checkMailboxCertificate } from './check.ts';
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
export { toPkcs12 } from './pkcs12.ts';
export { transportKey } from './transport-key.ts';
