import { describe, expect, test } from 'vitest';
import { Redacted } from '@endymail/shared/result';
import { EMPTY_STATE, type AgentState, type MailboxRecord, type PersonRecord } from '../../main/agent/home/state.ts';
import { examinePublicPart } from '../../main/agent/people/people.ts';
import { writePublicPart } from '../../main/agent/people/public-part.ts';
import { forgeCertificate, newKey, publicKeyOf } from '../harness/forge/certificate.ts';
import { authorityNameOf, honestAuthority, honestLeaf } from '../harness/forge/profile.ts';
import { testAddress } from '../harness/index.ts';
import { bob, carol, sameName } from './hostile-part.ts';

/*
 * Every public part here is what the profile wants and verifies in itself. What is wrong with it shows only beside what
 * alice knows already.
 */

const NOW = new Date('2026-03-01T12:00:00Z');
const alice = testAddress('alice@example.test');
const UNUSED = new Uint8Array();

const carolsKey = newKey();
const alicesKey = newKey();
const anchorKey = newKey();

const authorityOf = (address: string, key = newKey()): Uint8Array =>
  forgeCertificate(honestAuthority(address, key, NOW));
const keyAndCertificate = (certificate: Uint8Array) => ({ certificate, privateKey: new Redacted(UNUSED) });

const carolKnown: PersonRecord = {
  address: carol,
  authority: authorityOf(carol, carolsKey),
  certificate: UNUSED,
  crossCertificate: UNUSED,
  addedAt: NOW,
};
const alicesMailbox: MailboxRecord = {
  address: alice,
  enabled: true,
  algorithm: 'ec-p256',
  authority: keyAndCertificate(authorityOf(alice, alicesKey)),
  current: keyAndCertificate(UNUSED),
  former: [],
  replaceOwn: false,
};
const state: AgentState = {
  ...EMPTY_STATE,
  anchor: keyAndCertificate(authorityOf('anchor@example.test', anchorKey)),
  mailboxes: [alicesMailbox],
  people: [carolKnown],
};

/** Bob's own public part, under a CA with this key. */
const bobUnder = (key: ReturnType<typeof newKey>) => {
  const authority = honestAuthority(bob, key, NOW);
  const certificate = forgeCertificate(honestLeaf(bob, newKey(), authority, NOW));
  return examinePublicPart(
    writePublicPart({ address: bob, authority: forgeCertificate(authority), certificate }),
    state,
    NOW,
  );
};

describe('[SEC-13] a key that is known for another mailbox is refused', () => {
  test('control: a key of his own is taken', async () => {
    expect(await bobUnder(newKey())).toMatchObject({ ok: true, value: { address: bob } });
  });

  test.each([
    ['of a correspondent', carolsKey],
    ['of an own mailbox', alicesKey],
    ['of the local anchor', anchorKey],
  ])('%s', async (_whose, key) => {
    expect(await bobUnder(key)).toMatchObject({ ok: false, error: { code: 'peer-key-taken' } });
  });
});

describe('[SEC-13] a name that is not the function of the own key is refused', () => {
  test.each([
    ['of a correspondent', carolsKey],
    ['of an own mailbox', alicesKey],
    ['of the local anchor', anchorKey],
  ])('%s', async (_whose, key) => {
    const honest = honestAuthority(bob, newKey(), NOW);
    const authority = { ...honest, ...sameName(authorityNameOf(publicKeyOf(key))) };
    const certificate = forgeCertificate(honestLeaf(bob, newKey(), authority, NOW));
    const text = writePublicPart({ address: bob, authority: forgeCertificate(authority), certificate });
    expect(await examinePublicPart(text, state, NOW)).toMatchObject({
      ok: false,
      error: { code: 'certificate-profile' },
    });
  });
});
