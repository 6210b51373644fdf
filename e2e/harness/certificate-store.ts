import * as v from 'valibot';
import type { Thunderbird } from './thunderbird.ts';

const storedCertificateSchema = v.object({
  /** SHA-256 of the DER, lower-case hex. */
  sha256: v.string(),
  subject: v.string(),
  issuer: v.string(),
  /** Lower-case hex. */
  serial: v.string(),
  addresses: v.array(v.string()),
  nickname: v.string(),
  /** Base64 of the DER. */
  der: v.string(),
  /** Trusted to vouch for mail certificates. */
  trustedForMail: v.boolean(),
  /** Trusted to vouch for web sites. */
  trustedForWeb: v.boolean(),
});

export type StoredCertificate = v.InferOutput<typeof storedCertificateSchema>;

/** The certificate that Thunderbird would encrypt to for this address; null: it has none that is good. */
export async function certificateFor(thunderbird: Thunderbird, address: string): Promise<StoredCertificate | null> {
  return v.parse(v.nullable(storedCertificateSchema), await thunderbird.run(FIND, [address]));
}

/** Everything in the profile's certificate store, without the roots that come with the program. */
export async function listCertificates(thunderbird: Thunderbird): Promise<readonly StoredCertificate[]> {
  return v.parse(v.array(storedCertificateSchema), await thunderbird.run(LIST));
}

/** Adds a certificate to the running Thunderbird. `,C,` trusts it as a root for mail, `,,` trusts nothing. */
export async function addCertificate(thunderbird: Thunderbird, der: Uint8Array, trust: ',C,' | ',,'): Promise<void> {
  await thunderbird.run(ADD, [Buffer.from(der).toString('base64'), trust]);
}

/** Takes certificates out of the running Thunderbird by their SHA-256. */
export async function deleteCertificates(thunderbird: Thunderbird, sha256: readonly string[]): Promise<void> {
  await thunderbird.run(DELETE, [sha256]);
}

const DESCRIBE = `
  const store = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  const hex = text => text.replaceAll(':', '').toLowerCase();
  const trusted = (certificate, what) => store.isCertTrusted(certificate, Ci.nsIX509Cert.CA_CERT, what);
  const describe = certificate => ({
    sha256: hex(certificate.sha256Fingerprint),
    subject: certificate.subjectName,
    issuer: certificate.issuerName,
    serial: hex(certificate.serialNumber),
    addresses: [...new Set(certificate.getEmailAddresses())],
    nickname: certificate.displayName,
    der: certificate.getBase64DERString(),
    trustedForMail: trusted(certificate, Ci.nsIX509CertDB.TRUSTED_EMAIL),
    trustedForWeb: trusted(certificate, Ci.nsIX509CertDB.TRUSTED_SSL),
  });`;

const FIND = `${DESCRIBE}
  const secure = Cc['@mozilla.org/messengercompose/composesecure;1'].createInstance(Ci.nsIMsgComposeSecure);
  const found = await new Promise(resolve => {
    secure.asyncFindCertByEmailAddr(args[0], {
      QueryInterface: ChromeUtils.generateQI(['nsIDoneFindCertForEmailCallback']),
      findCertDone: (address, certificate) => resolve(certificate),
    });
  });
  return found ? describe(found) : null;`;

const LIST = `${DESCRIBE}
  return store.getCerts().filter(certificate => certificate.tokenName !== 'Builtin Object Token').map(describe);`;

const ADD = `
  const store = Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB);
  store.addCertFromBase64(args[0], args[1]);`;

const DELETE = `${DESCRIBE}
  for (const certificate of store.getCerts()) {
    if (args[0].includes(hex(certificate.sha256Fingerprint))) store.deleteCertificate(certificate);
  }`;
