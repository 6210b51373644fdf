import fc from 'fast-check';
import { Redacted } from '@endymail/shared/result';
import { parseMailAddress, type MailAddress, type ProfileId } from '@endymail/shared/mail';
import { accountToJson, joiningToJson } from '../../account/account-codec.ts';
import { arbitraryAccount, arbitraryJoining } from '../../account/testing/arbitrary-account.ts';
import type { HeldAuthority, KeyAndCertificate, KeyAlgorithm } from '../../certificates/key-and-certificate.ts';
import type { AgentState } from '../state.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

const der = fc.uint8Array({ minLength: 1, maxLength: 64 });

const key: fc.Arbitrary<KeyAndCertificate> = fc.record({
  certificate: der,
  privateKey: der.map((bytes) => new Redacted(bytes)),
});

const authority: fc.Arbitrary<HeldAuthority> = fc.record({
  certificate: der,
  privateKey: fc.option(der.map((bytes) => new Redacted(bytes))),
});

const word = fc.string({ unit: fc.constantFrom(...Array.from(LETTERS)), minLength: 1, maxLength: 12 });

const arbitraryAddress: fc.Arbitrary<MailAddress> = fc.tuple(word, word).map(([local, domain]) => {
  const address = parseMailAddress(`${local}@${domain}.example`);
  if (!address.ok) throw new Error(address.error.message);
  return address.value;
});

const isProfileId = (text: string): text is ProfileId => /^[0-9a-f]{16}$/.test(text);

const profileId: fc.Arbitrary<ProfileId> = fc
  .string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 16, maxLength: 16 })
  .filter(isProfileId);

/** Any state that the agent could come to remember. */
export const arbitraryState: fc.Arbitrary<AgentState> = fc.record({
  anchor: fc.option(key),
  mailboxes: fc.array(
    fc.record({
      address: arbitraryAddress,
      enabled: fc.boolean(),
      algorithm: fc.constantFrom<KeyAlgorithm>('ec-p256', 'rsa-3072'),
      authority,
      current: key,
      former: fc.array(key, { maxLength: 3 }),
      replaceOwn: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  people: fc.array(
    fc.record({
      address: arbitraryAddress,
      authority: der,
      certificate: der,
      crossCertificate: der,
      addedAt: fc.date({ min: new Date('1970-01-01'), max: new Date('9999-01-01'), noInvalidDate: true }),
    }),
    { maxLength: 4 },
  ),
  profiles: fc.array(
    fc.record({
      id: profileId,
      path: fc.string({ unit: 'grapheme', maxLength: 60 }),
      automatic: fc.constantFrom('accepted' as const, 'by-hand' as const),
    }),
    { maxLength: 4 },
  ),
  folders: fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 4 }),
  settings: fc.record({ autoDisable: fc.boolean() }),
  account: fc.option(arbitraryAccount),
  joining: fc.option(arbitraryJoining),
});

/** A state with its secrets in the open, to be compared. */
export function revealed(state: AgentState): unknown {
  const open = (pair: HeldAuthority | null) =>
    pair && { certificate: pair.certificate, privateKey: pair.privateKey?.reveal() ?? null };
  return {
    ...state,
    account: state.account && accountToJson(state.account),
    joining: state.joining && joiningToJson(state.joining),
    anchor: open(state.anchor),
    mailboxes: state.mailboxes.map((mailbox) => ({
      ...mailbox,
      authority: open(mailbox.authority),
      current: open(mailbox.current),
      former: mailbox.former.map(open),
    })),
  };
}

/** The secrets of the account in a state, each as its bytes. */
export function accountSecrets({ account, joining }: AgentState): readonly Buffer[] {
  const keys = Array.from(account?.epochKeys.values() ?? []).flatMap((epochs) => Array.from(epochs.values()));
  const device = account ? [account.device.signingSeed, account.device.kemSeed, account.device.nextKemSeed] : [];
  const secrets = [...keys, ...device, account?.recovery.secret ?? null, joining?.steps ?? null];
  return secrets.flatMap((secret) => secret ?? []).map((secret) => Buffer.from(secret.reveal()));
}
