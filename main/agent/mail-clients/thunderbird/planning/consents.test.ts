import { describe, expect, it } from 'vitest';
import type { ClientIdentity, ClientProfile } from '@endymail/shared/mail';
import {
  NOTHING,
  WORK,
  authority,
  id1,
  identity,
  ledgerOf,
  obstacles,
  ownedCertificate,
  people,
  plan,
  profile,
  short,
  wanted,
} from './testing/plan-fixture.ts';

describe('what is not ours', () => {
  it('[SEC-22] a certificate that was there before is neither added nor removed', () => {
    const store = people.map(({ certificate: der }) => ({ der }));
    expect(short(plan({ ...NOTHING, people }, { store }))).toEqual(['add-certificate cross-certificate']);
    expect(short(plan(NOTHING, { store }))).toEqual([]);
  });

  it('where only the trust is ours, only the trust goes', () => {
    const { add } = plan(wanted(), { store: [{ der: authority }] }).store;
    expect(add.map(({ change, trust }) => [change.before, trust])).toEqual([['untrusted', 'mail-authority']]);
    const ledger = ledgerOf(['done', ownedCertificate(authority, 'untrusted')]);
    const trusted = plan(NOTHING, { store: [{ der: authority, trustedForMail: true }], ledger });
    expect(trusted.store.takeBack.map(({ before }) => before)).toEqual(['untrusted']);
    const untrusted = plan(NOTHING, { store: [{ der: authority }], ledger });
    expect(untrusted.store).toMatchObject({ takeBack: [], gone: [{ before: 'untrusted' }] });
  });

  it('[SEC-23] an own S/MIME set-up stands in the way until its owner says otherwise', () => {
    const own = {
      prefs: { [id1('signing_cert_dbkey')]: 'theirs' },
      profile: profile({ identities: [identity({ signingKey: 'theirs' })] }),
    };
    expect(obstacles(plan(wanted(), own))).toEqual(['own-setup']);
    expect(obstacles(plan(wanted({ replaceOwn: true }), own))).toEqual([]);
  });

  it('[SEC-23] an own OpenPGP set-up likewise, and S/MIME is preferred only when it is replaced', () => {
    const own = { profile: profile({ identities: [identity({ openPgpKey: '0123456789ABCDEF' })] }) };
    expect(obstacles(plan(wanted(), own))).toEqual(['own-setup']);
    const replaced = plan(wanted({ replaceOwn: true }), own);
    expect(obstacles(replaced)).toEqual([]);
    expect(short(replaced)).toContain(`${id1('e2etechpref')}: null -> 1`);
    expect(short(plan(wanted({ replaceOwn: true }))).join()).not.toContain('e2etechpref');
  });
});

describe('consent', () => {
  const other = (change: Partial<ClientIdentity>): ClientIdentity => identity({ id: 'id2', address: WORK, ...change });
  const losses = (identities: readonly ClientIdentity[], change: Partial<ClientProfile> = {}): (readonly string[])[] =>
    plan(wanted(), { profile: profile({ identities, ...change }) }).plan.consents.flatMap((consent) =>
      consent.identities.map(({ identityId, loses }) => [identityId, loses]),
    );

  it.each([
    ['require-encryption', { encryptionPolicy: 2 }],
    ['encrypt-by-default', { encryptionPolicy: 1 }],
    ['own-smime', { signingKey: 'theirs' }],
    ['own-smime', { encryptionKey: 'theirs' }],
    ['own-openpgp', { openPgpKey: '0123456789ABCDEF' }],
  ] as const)('[SEC-23] is needed where another identity loses %s', (loses, change) => {
    expect(losses([identity(), other(change)])).toEqual([['id2', loses]]);
  });

  it('[SEC-23] is needed for the policy of the very mailbox that is enabled, too', () => {
    expect(losses([identity({ encryptionPolicy: 2 })])).toEqual([['id1', 'require-encryption']]);
  });

  it('is not needed where nobody loses anything, or the switch is on already', () => {
    expect(losses([identity(), other({})])).toEqual([]);
    expect(losses([identity(), other({ encryptionPolicy: 2 })], { autoEnable: true })).toEqual([]);
  });

  it('is not needed by hand', () => {
    const work = plan(wanted({}, { automatic: null }), {
      profile: profile({ identities: [identity({ encryptionPolicy: 2 })] }),
    });
    expect(work.plan.consents).toEqual([]);
  });
});
