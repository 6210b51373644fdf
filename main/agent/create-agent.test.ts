import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { failure, Redacted } from '@endymail/shared/result';
import { arbitraryAccount } from './account/testing/arbitrary-account.ts';
import { certificateId, parseCertificate } from './certificates/index.ts';
import { EMPTY_STATE } from './home/state.ts';
import {
  address,
  alice,
  codeOf,
  correspondent,
  identity,
  profile,
  valueOf,
  work,
  world,
  type World,
} from './testing/world.ts';

const DAY_MS = 86_400_000;

describe('enable', () => {
  let here: World;
  beforeEach(() => {
    here = world([profile('p', [identity('id1', alice), identity('id2', work)])]);
  });

  it('sets up the mailboxes that were asked for and no other', async () => {
    valueOf(await here.agent.enable([alice], {}));
    const target = [...here.client.held.values()][0];
    expect(target?.identities.map((one) => one.identityId)).toEqual(['id1']);
    expect(target?.automatic).toEqual({ autoEnable: true, autoDisable: true });
    expect(target?.anchor).toBeNull();
  });

  it('installs the keys that the plan named', async () => {
    valueOf(await here.agent.plan([alice], {}));
    expect(here.state()).toBe(EMPTY_STATE);
    valueOf(await here.agent.enable([alice], {}));
    const [record] = here.state().mailboxes;
    const [target] = here.client.held.values();
    expect(certificateId(target!.identities[0]!.certificate)).toBe(certificateId(record!.current.certificate));
  });

  it('gives each mailbox a CA of its own', async () => {
    valueOf(await here.agent.enable([alice, work], {}));
    const [one, other] = here.state().mailboxes;
    expect(certificateId(one!.authority.certificate)).not.toBe(certificateId(other!.authority.certificate));
  });

  it('does nothing the second time', async () => {
    valueOf(await here.agent.enable([alice], {}));
    const before = here.state();
    const report = valueOf(await here.agent.enable([alice], {}));
    expect(report).toEqual({ done: [], waiting: [] });
    expect(here.state().mailboxes[0]?.authority).toBe(before.mailboxes[0]?.authority);
  });

  it('refuses an address that no client has', async () => {
    expect(codeOf(await here.agent.enable([address('nobody@example.test')], {}))).toBe('mailbox-unknown');
    expect(here.state()).toBe(EMPTY_STATE);
  });

  it('[SEC-23] begins nothing without consent to what is profile-wide', async () => {
    here.client.consents = [
      { kind: 'profile-wide', identities: [{ identityId: 'id2', address: work, loses: 'require-encryption' }] },
    ];
    expect(codeOf(await here.agent.enable([alice], {}))).toBe('profile-wide-consent');
    expect(here.state()).toBe(EMPTY_STATE);
    expect(here.client.applied).toBe(0);
    valueOf(await here.agent.enable([alice], { acceptProfileWide: true }));
    expect(here.client.applied).toBe(1);
  });

  it('leaves the profile-wide switch alone when set up by hand, and says so', async () => {
    here.client.consents = [{ kind: 'profile-wide', identities: [] }];
    valueOf(await here.agent.enable([alice], { byHand: true }));
    expect([...here.client.held.values()][0]?.automatic).toBeNull();
  });

  it('[SEC-23] does not begin where an own set-up is in the way', async () => {
    here.client.obstacle = failure('own-setup');
    expect(codeOf(await here.agent.enable([alice], {}))).toBe('own-setup');
    expect(here.state()).toBe(EMPTY_STATE);
  });

  it('[SEC-21] remembers the wish while the client runs and does it at the next chance', async () => {
    here.client.failNext = failure('client-running');
    const report = valueOf(await here.agent.enable([alice], {}));
    expect(report.waiting.map(({ why }) => why.code)).toEqual(['client-running']);
    expect(here.client.applied).toBe(0);
    valueOf(await here.agent.reconcile());
    expect(here.client.applied).toBe(1);
  });

  it('waits for the client when asked to', async () => {
    here.client.failNext = failure('client-running');
    let asked = 0;
    const wait = () => {
      asked += 1;
      return Promise.resolve(true);
    };
    const report = valueOf(await here.agent.enable([alice], { wait }));
    expect(asked).toBe(1);
    expect(report.done).toHaveLength(1);
  });
});

describe('disable and remove', () => {
  it('[SEC-26] takes back what was set up and keeps the keys', async () => {
    const here = world([profile('p', [identity('id1', alice), identity('id2', work)])]);
    valueOf(await here.agent.enable([alice, work], {}));
    const keys = here.state().mailboxes.map((record) => record.current);
    valueOf(await here.agent.disable([alice], {}));
    expect([...here.client.held.values()][0]?.identities.map((one) => one.address)).toEqual([work]);
    valueOf(await here.agent.disable('all', {}));
    const [target] = here.client.held.values();
    expect(target).toMatchObject({ identities: [], anchor: null, people: [], automatic: null });
    expect(here.state().mailboxes.map((record) => record.current)).toEqual(keys);
  });

  it('uses the same keys when enabled again', async () => {
    const here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
    const before = here.state().mailboxes[0]?.authority;
    valueOf(await here.agent.disable([alice], {}));
    valueOf(await here.agent.enable([alice], {}));
    expect(here.state().mailboxes[0]?.authority).toBe(before);
  });

  it('[SEC-33] deletes no key while a profile could not be undone', async () => {
    const here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
    here.client.failNext = failure('client-running');
    expect(codeOf(await here.agent.remove({}))).toBe('client-running');
    expect(here.destroyed).toBe(false);
    valueOf(await here.agent.remove({}));
    expect(here.destroyed).toBe(true);
    expect(here.client.forgotten).toBe(1);
  });
});

describe('renewal', () => {
  it('renews a certificate at two thirds of its 825 days, keeps the old key and the CA', async () => {
    const here = world([profile('p', [identity('id1', alice)])]);
    const start = here.now;
    valueOf(await here.agent.enable([alice], {}));
    const [before] = here.state().mailboxes;
    here.now = new Date(start.getTime() + 548 * DAY_MS);
    valueOf(await here.agent.reconcile());
    expect(here.state().mailboxes[0]?.current).toBe(before?.current);
    here.now = new Date(start.getTime() + 551 * DAY_MS);
    valueOf(await here.agent.reconcile());
    const [after] = here.state().mailboxes;
    expect(after?.former).toEqual([before?.current]);
    expect(after?.authority).toBe(before?.authority);
    const facts = valueOf(parseCertificate(after!.current.certificate));
    expect(facts.notAfter.getTime()).toBeGreaterThan(start.getTime() + 825 * DAY_MS);
    expect(facts.commonName).toBe('Alice Example');
    expect([...here.client.held.values()][0]?.identities[0]?.certificate).toBe(after?.current.certificate);
  });

  it('renews a mailbox that is off here only for an account, where it may be on elsewhere', async () => {
    const here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
    valueOf(await here.agent.disable([alice], {}));
    const [off] = here.state().mailboxes;
    here.now = new Date(here.now.getTime() + 600 * DAY_MS);
    valueOf(await here.agent.reconcile());
    expect(here.state().mailboxes).toEqual([off]);
    const [account] = fc.sample(arbitraryAccount, { numRuns: 1, seed: 1 });
    for (const standing of ['removed', 'member'] as const) {
      here.remember({ ...here.state(), account: { ...account!, standing } });
      valueOf(await here.agent.reconcile());
      expect(here.state().mailboxes[0]?.former.length).toBe(standing === 'member' ? 1 : 0);
    }
  });

  it('leaves a mailbox whose CA key is not here to the device that has it', async () => {
    const here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
    const [made] = here.state().mailboxes;
    const held = { ...made!, authority: { ...made!.authority, privateKey: null } };
    here.remember({ ...here.state(), mailboxes: [held] });
    here.now = new Date(here.now.getTime() + 800 * DAY_MS);
    valueOf(await here.agent.reconcile());
    expect(here.state().mailboxes).toEqual([held]);
  });

  it("renews a person's cross-certificate", async () => {
    const here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(await bob.part()));
    valueOf(await here.agent.addPerson(await bob.part(), view.fingerprint));
    const before = here.state().people[0]!.crossCertificate;
    here.now = new Date(here.now.getTime() + 600 * DAY_MS);
    valueOf(await here.agent.reconcile());
    expect(certificateId(here.state().people[0]!.crossCertificate)).not.toBe(certificateId(before));
  });
});

describe('mailboxes', () => {
  it('lists one row per address with every place below it, and suggests only what nobody set up', async () => {
    const own = identity('id2', work, { signingKey: 'AAAA', encryptionKey: 'AAAA' });
    const here = world([profile('p', [identity('id1', alice), own]), profile('q', [identity('id1', alice)])]);
    const { rows } = valueOf(await here.agent.mailboxes());
    expect(rows.map((row) => [row.address, row.places.length, row.suggested, row.state])).toEqual([
      [alice, 2, true, 'off'],
      [work, 1, false, 'off'],
    ]);
    expect(rows[1]?.reasons.map((reason) => reason.code)).toEqual(['own-setup']);
  });
});

describe('check', () => {
  it('names a mailbox that no client has any more', async () => {
    const here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
    here.client.profiles = [];
    expect(valueOf(await here.agent.check(null))).toMatchObject([
      { address: alice, place: null, steps: [{ link: 'account', state: 'broken' }] },
    ]);
  });
});

describe('export', () => {
  it('refuses a passphrase that is too short for a file which leaves the computer', async () => {
    const here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
    expect(codeOf(await here.agent.exportKey(alice, new Redacted('eleven char')))).toBe('passphrase-too-short');
    expect(codeOf(await here.agent.exportKey(alice, new Redacted('twelve chars')))).toBeNull();
  });
});
