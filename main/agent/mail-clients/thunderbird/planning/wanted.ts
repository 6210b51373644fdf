import {
  AUTO_DISABLE_PREF,
  AUTO_ENABLE_PREF,
  type CertificateRole,
  type ClientIdentity,
  type ClientProfile,
  type MailAddress,
  type PrefValue,
} from '@endymail/shared/mail';
import { certificateId } from '../../../certificates/index.ts';
import type { IdentityTarget, OwnKey, ProfileTarget } from '../../adapter.ts';
import type { Trust } from '../applying/store-change.ts';
import { thunderbirdDbKey } from '../db-key.ts';

/** A target in Thunderbird's own terms: prefs, certificates, keys. */
export interface Wanted {
  /** By name, in the order in which a person reads them. */
  readonly prefs: ReadonlyMap<string, WantedPref>;
  /** By certificate id; authorities before what stands on them. */
  readonly certificates: ReadonlyMap<string, WantedCertificate>;
  /** By certificate id. */
  readonly keys: ReadonlyMap<string, WantedKey>;
  /** The target's identities that this profile still has, with the identity as it is. */
  readonly identities: readonly { readonly target: IdentityTarget; readonly identity: ClientIdentity }[];
}

export interface WantedPref {
  readonly value: PrefValue;
  readonly address: MailAddress | null;
}

export interface WantedCertificate {
  readonly der: Uint8Array;
  readonly role: CertificateRole;
  readonly address: MailAddress | null;
  readonly trust: Trust;
}

export interface WantedKey {
  readonly der: Uint8Array;
  readonly address: MailAddress;
  readonly key: OwnKey;
}

/** What the certificate is called in the identity's settings. Any text that is not empty does (shown nowhere). */
const CERTIFICATE_NAME = 'Endymail';
/** mail.identity.*.e2etechpref where both technologies are set up: 1 is S/MIME. */
const TECHNOLOGY_SMIME = 1;

/** The prefs of an identity that say which S/MIME certificate it uses. */
export function identityPrefs(identityId: string): {
  readonly signingKey: string;
  readonly encryptionKey: string;
  readonly signingName: string;
  readonly encryptionName: string;
  readonly technology: string;
  readonly address: string;
} {
  const branch = `mail.identity.${identityId}`;
  return {
    signingKey: `${branch}.signing_cert_dbkey`,
    encryptionKey: `${branch}.encryption_cert_dbkey`,
    signingName: `${branch}.signing_cert_name`,
    encryptionName: `${branch}.encryption_cert_name`,
    technology: `${branch}.e2etechpref`,
    address: `${branch}.useremail`,
  };
}

/**
 * Says what a profile should hold. `original` gives the value that a pref had before Endymail touched it.
 * An identity that the profile no longer has, or that has another address now, is left out.
 */
export function wantedBy(target: ProfileTarget, profile: ClientProfile, original: (pref: string) => PrefValue): Wanted {
  const identities = target.identities.flatMap((wanted) => {
    const identity = profile.identities.find(
      ({ id, address }) => id === wanted.identityId && address === wanted.address,
    );
    return identity === undefined ? [] : [{ target: wanted, identity }];
  });
  return {
    identities,
    prefs: new Map([
      ...identities.flatMap(({ target: wanted, identity }) => prefsOfIdentity(wanted, identity)),
      ...prefsOfProfile(target, original),
    ]),
    certificates: new Map(
      [
        ...identities.map(({ target: { authority, address } }) => trusted('own-authority', authority, address)),
        ...(target.anchor === null ? [] : [trusted('anchor', target.anchor, null)]),
        ...target.people.flatMap(({ address, certificate, crossCertificate }) => [
          known('cross-certificate', crossCertificate, address),
          known('person', certificate, address),
        ]),
      ].map((wanted) => [certificateId(wanted.der), wanted]),
    ),
    keys: new Map(
      identities.flatMap(({ target }) =>
        [...target.former, target].map((key): [string, WantedKey] => [
          certificateId(key.certificate),
          { der: key.certificate, address: target.address, key },
        ]),
      ),
    ),
  };
}

function prefsOfIdentity(target: IdentityTarget, identity: ClientIdentity): [string, WantedPref][] {
  const names = identityPrefs(target.identityId);
  const dbKey = thunderbirdDbKey(target.certificate);
  const values: [string, PrefValue][] = [
    [names.signingName, CERTIFICATE_NAME],
    [names.signingKey, dbKey],
    [names.encryptionName, CERTIFICATE_NAME],
    [names.encryptionKey, dbKey],
  ];
  if (target.replaceOwn && identity.openPgpKey !== null) values.push([names.technology, TECHNOLOGY_SMIME]);
  return values.map(([name, value]) => [name, { value, address: target.address }]);
}

function prefsOfProfile(target: ProfileTarget, original: (pref: string) => PrefValue): [string, WantedPref][] {
  if (target.automatic === null) return [];
  const switches: [string, WantedPref][] = [[AUTO_ENABLE_PREF, { value: true, address: null }]];
  // Thunderbird's default is false: where the person has not set it to true, nothing needs to be written for false.
  if (target.automatic.autoDisable) switches.push([AUTO_DISABLE_PREF, { value: true, address: null }]);
  else if (original(AUTO_DISABLE_PREF) === true) switches.push([AUTO_DISABLE_PREF, { value: false, address: null }]);
  return switches;
}

const trusted = (role: CertificateRole, der: Uint8Array, address: MailAddress | null): WantedCertificate => ({
  role,
  der,
  address,
  trust: 'mail-authority',
});

const known = (role: CertificateRole, der: Uint8Array, address: MailAddress): WantedCertificate => ({
  role,
  der,
  address,
  trust: 'none',
});
