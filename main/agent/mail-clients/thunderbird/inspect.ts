import type { ProfileInspection, ProfileTarget } from '../adapter.ts';
import { certificateId } from '../../certificates/index.ts';
import { storedCertificates, type StoredCertificates } from './planning/stored-certificates.ts';
import { identityPrefs } from './planning/wanted.ts';
import type { CertificateStore, PrefsDocument } from './reading/index.ts';
import type { ClientProfile } from '@endymail/shared/mail';
import { thunderbirdDbKey } from './db-key.ts';

/** Says which links hold between a target and a profile as it was read. Pure. */
export function inspectProfile(
  state: { readonly profile: ClientProfile; readonly prefs: PrefsDocument; readonly store: CertificateStore },
  target: ProfileTarget,
): ProfileInspection {
  const { profile, prefs } = state;
  const stored = storedCertificates(state.store);
  return {
    autoEnable: profile.autoEnable,
    autoDisable: profile.autoDisable,
    anchorTrusted: target.anchor !== null && isTrusted(stored, target.anchor),
    peopleReady: target.people
      .filter(
        ({ certificate, crossCertificate }) => isStored(stored, certificate) && isStored(stored, crossCertificate),
      )
      .map(({ address }) => address),
    identities: target.identities.map(({ identityId, address, authority, certificate }) => {
      const names = identityPrefs(identityId);
      const dbKey = thunderbirdDbKey(certificate);
      return {
        identityId,
        address,
        present: profile.identities.some((identity) => identity.id === identityId && identity.address === address),
        keyPresent: stored.get(certificateId(certificate))?.hasPrivateKey === true,
        certificatePresent: isStored(stored, certificate),
        authorityTrusted: isTrusted(stored, authority),
        selected:
          prefs.get(names.signingKey) === dbKey &&
          prefs.get(names.encryptionKey) === dbKey &&
          isName(prefs.get(names.signingName)) &&
          isName(prefs.get(names.encryptionName)),
      };
    }),
  };
}

const isStored = (stored: StoredCertificates, der: Uint8Array): boolean => stored.has(certificateId(der));

const isTrusted = (stored: StoredCertificates, der: Uint8Array): boolean =>
  stored.get(certificateId(der))?.trustedForMail === true;

/** Thunderbird takes an identity's certificate for set only where its name is not empty. */
const isName = (value: unknown): boolean => typeof value === 'string' && value !== '';
