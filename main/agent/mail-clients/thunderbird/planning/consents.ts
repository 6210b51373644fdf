import type { ClientIdentity, ClientProfile, NeededConsent } from '@endymail/shared/mail';
import type { Ledger } from '../journal/ledger.ts';
import { identityPrefs, type Wanted } from './wanted.ts';

type Loss = NeededConsent['identities'][number]['loses'];

/** mail.identity.*.encryptionpolicy: 1 encrypts by default, 2 refuses to send unencrypted mail. */
const POLICY_REQUIRE = 2;

/**
 * What a person must agree to before automatic encryption is switched on for the whole profile: with
 * mail.e2ee.auto_enable set, Thunderbird ignores `encryptionpolicy` of every identity (MsgComposeCommands.js,
 * checkEncryptionState), and encrypts from identities with a set-up of their own as well.
 */
export function neededConsents(profile: ClientProfile, wanted: Wanted, ledger: Ledger): readonly NeededConsent[] {
  const identities = profile.identities.flatMap((identity) => {
    const loses = losesTo(identity, wanted, ledger);
    return loses === null ? [] : [{ identityId: identity.id, address: identity.address, loses }];
  });
  return identities.length === 0 ? [] : [{ kind: 'profile-wide', identities }];
}

/** Which set-up of the person's own an identity has; null where it has none, or ours. */
export function ownSetup(identity: ClientIdentity, ledger: Ledger): 'own-smime' | 'own-openpgp' | null {
  const names = identityPrefs(identity.id);
  const isTheirs = (name: string, value: string | null): boolean =>
    value !== null && value !== '' && ledger.prefs.get(name)?.ours.includes(value) !== true;
  const smime =
    isTheirs(names.signingKey, identity.signingKey) || isTheirs(names.encryptionKey, identity.encryptionKey);
  if (smime) return 'own-smime';
  return identity.openPgpKey === null || identity.openPgpKey === '' ? null : 'own-openpgp';
}

function losesTo(identity: ClientIdentity, wanted: Wanted, ledger: Ledger): Loss | null {
  if (identity.encryptionPolicy >= POLICY_REQUIRE) return 'require-encryption';
  if (identity.encryptionPolicy > 0) return 'encrypt-by-default';
  // What is replaced in a mailbox that is being enabled is agreed to with it.
  const enabled = wanted.identities.some((other) => other.identity.id === identity.id);
  return enabled ? null : ownSetup(identity, ledger);
}
