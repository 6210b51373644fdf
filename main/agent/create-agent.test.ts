import { beforeEach, describe, expect, it } from 'vitest';
import { failure, err, ok, type Failure, type Result } from '@endymail/shared/result';
import {
  parseMailAddress,
  type ChangePlan,
  type ClientIdentity,
  type ClientProfile,
  type MailAddress,
  type ProfileId,
} from '@endymail/shared/mail';
import type { Agent } from './agent.ts';
import { certificateId, parseCertificate } from './certificates/index.ts';
import { createAgent } from './create-agent.ts';
import { EMPTY_STATE, type AgentState } from './home/state.ts';
import type { MailClientAdapter, ProfileTarget } from './mail-clients/adapter.ts';
import { PEOPLE_MAX } from './people/people.ts';

const DAY_MS = 86_400_000;

const address = (text: string): MailAddress => {
  const parsed = parseMailAddress(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};

const alice = address('alice@example.test');
const work = address('alice@work.test');

function identity(id: string, of: MailAddress, more: Partial<ClientIdentity> = {}): ClientIdentity {
  return {
    id,
    address: of,
    name: 'Alice Example',
    account: { id: 'account1', name: of, serverType: 'imap', serverHost: '127.0.0.1', userName: 'alice' },
    isDefault: true,
    signingKey: null,
    encryptionKey: null,
    openPgpKey: null,
    encryptionPolicy: 0,
    signMail: false,
    ...more,
  };
}

function profile(name: string, identities: readonly ClientIdentity[]): ClientProfile {
  return {
    id: name.padEnd(16, '0') as ProfileId,
    product: 'Thunderbird',
    packaging: 'native',
    path: `/home/alice/.thunderbird/${name}`,
    name,
    inUse: true,
    version: '153.7.0',
    program: '/usr/lib/thunderbird/thunderbird-bin',
    running: false,
    primaryPassword: false,
    autoEnable: false,
    autoDisable: false,
    overruled: [],
    knownPeople: [],
    identities,
    problems: [],
  };
}

/** A client that holds what it is told; its answers can be set by a test. */
function fakeClient(profiles: ClientProfile[]) {
  const held = new Map<ProfileId, ProfileTarget>();
  const client = {
    profiles,
    held,
    obstacle: null as Failure | null,
    consents: [] as ChangePlan['consents'],
    failNext: null as Failure | null,
    applied: 0,
    forgotten: 0,
  };
  const summary = (target: ProfileTarget | undefined) =>
    JSON.stringify([
      target?.identities.map((one) => [one.identityId, certificateId(one.certificate)]) ?? [],
      target?.people.map((one) => [certificateId(one.certificate), certificateId(one.crossCertificate)]) ?? [],
      target?.automatic ?? null,
    ]);
  const adapter: MailClientAdapter = {
    discover: () => Promise.resolve({ profiles: client.profiles, problems: [] }),
    plan: (at, target) =>
      Promise.resolve(
        ok({
          profileId: at.id,
          profileName: at.name,
          profilePath: at.path,
          steps:
            summary(held.get(at.id)) === summary(target)
              ? []
              : [{ kind: 'set-pref', name: 'x', from: null, to: 'y', scope: 'profile', address: null }],
          consents: target.automatic && !held.get(at.id)?.automatic ? client.consents : [],
          changedByHand: [],
          knownPeople: 0,
          obstacles: client.obstacle ? [client.obstacle] : [],
        }),
      ),
    apply: (at, target) => {
      const failed = client.failNext;
      client.failNext = null;
      if (failed) return Promise.resolve(err(failed));
      held.set(at.id, target);
      client.applied += 1;
      return Promise.resolve(ok({ profileId: at.id, applied: 1, changedByHand: [] }));
    },
    inspect: () => Promise.reject(new Error('not asked for here')),
    compose: () => Promise.resolve(ok()),
    forget: () => {
      client.forgotten += 1;
      return Promise.resolve(ok());
    },
  };
  return { client, adapter };
}

interface World {
  readonly agent: Agent;
  readonly client: ReturnType<typeof fakeClient>['client'];
  readonly state: () => AgentState;
  readonly remember: (state: AgentState) => void;
  destroyed: boolean;
  now: Date;
}

function world(profiles: ClientProfile[]): World {
  const { client, adapter } = fakeClient(profiles);
  let state: AgentState = EMPTY_STATE;
  const memory = {
    state: () => state,
    update: (next: AgentState): Promise<Result<void, Failure>> => {
      state = next;
      return Promise.resolve(ok());
    },
    backup: () => Promise.resolve(ok(new Uint8Array())),
    destroy: (): Promise<Result<void, Failure>> => {
      made.destroyed = true;
      return Promise.resolve(ok());
    },
    close: () => undefined,
  };
  const made: World = {
    agent: createAgent({ memory, adapter, now: () => made.now }),
    client,
    state: () => state,
    remember: (next) => {
      state = next;
    },
    destroyed: false,
    now: new Date('2026-11-24T12:00:00Z'),
  };
  return made;
}

const valueOf = <T>(result: Result<T, Failure>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};

const codeOf = <T>(result: Result<T, Failure>): string | null => (result.ok ? null : result.error.code);

/** Somebody else's agent, which has the mailbox of this address enabled. */
async function correspondent(of: string): Promise<{ world: World; part: () => string }> {
  const there = world([profile('theirs', [identity('id1', address(of))])]);
  valueOf(await there.agent.enable([address(of)], {}));
  return { world: there, part: () => valueOf(there.agent.share(address(of))) };
}

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

  it("renews a person's cross-certificate", async () => {
    const here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(bob.part()));
    valueOf(await here.agent.addPerson(bob.part(), view.fingerprint));
    const before = here.state().people[0]!.crossCertificate;
    here.now = new Date(here.now.getTime() + 600 * DAY_MS);
    valueOf(await here.agent.reconcile());
    expect(certificateId(here.state().people[0]!.crossCertificate)).not.toBe(certificateId(before));
  });
});

describe('people', () => {
  let here: World;
  beforeEach(async () => {
    here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
  });

  it('[SEC-11] adds a person under the local anchor, and takes them away again', async () => {
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(bob.part()));
    expect(view).toMatchObject({ address: 'bob@example.test', name: 'Alice Example' });
    expect(here.state().people).toEqual([]);
    valueOf(await here.agent.addPerson(bob.part(), view.fingerprint));
    const [target] = here.client.held.values();
    expect(target?.people.map((person) => person.address)).toEqual(['bob@example.test']);
    expect(target?.anchor).toBe(here.state().anchor?.certificate);
    valueOf(await here.agent.removePerson(address('bob@example.test')));
    expect([...here.client.held.values()][0]).toMatchObject({ people: [], anchor: null });
  });

  it('refuses a file that is not the one whose fingerprint was shown', async () => {
    const bob = await correspondent('bob@example.test');
    const mallory = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(bob.part()));
    expect(codeOf(await here.agent.addPerson(mallory.part(), view.fingerprint))).toBe('public-part-invalid');
  });

  it('refuses another key for a person who is known', async () => {
    const bob = await correspondent('bob@example.test');
    const mallory = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(bob.part()));
    valueOf(await here.agent.addPerson(bob.part(), view.fingerprint));
    expect(codeOf(await here.agent.readPublicPart(mallory.part()))).toBe('peer-key-changed');
  });

  it("takes a renewed certificate under a known person's CA", async () => {
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(bob.part()));
    valueOf(await here.agent.addPerson(bob.part(), view.fingerprint));
    const before = here.state().people[0]!.certificate;
    here.now = new Date(here.now.getTime() + 600 * DAY_MS);
    bob.world.now = here.now;
    valueOf(await bob.world.agent.reconcile());
    valueOf(await here.agent.addPerson(bob.part(), view.fingerprint));
    expect(here.state().people).toHaveLength(1);
    expect(certificateId(here.state().people[0]!.certificate)).not.toBe(certificateId(before));
  });

  it('refuses the own mailbox', async () => {
    expect(codeOf(await here.agent.readPublicPart(valueOf(here.agent.share(alice))))).toBe('peer-is-own');
  });

  it(`holds at most ${PEOPLE_MAX} people`, async () => {
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(bob.part()));
    valueOf(await here.agent.addPerson(bob.part(), view.fingerprint));
    const [person] = here.state().people;
    const crowd = Array.from({ length: PEOPLE_MAX }, (_, index) => ({
      ...person!,
      address: address(`p${index}@example.test`),
    }));
    const full = world([profile('p', [identity('id1', alice)])]);
    valueOf(await full.agent.enable([alice], {}));
    full.remember({ ...full.state(), people: crowd });
    const carol = await correspondent('carol@example.test');
    const shown = valueOf(await full.agent.readPublicPart(carol.part()));
    expect(codeOf(await full.agent.addPerson(carol.part(), shown.fingerprint))).toBe('peer-limit');
  });
});

describe('mailboxes', () => {
  it('lists one row per address with every place below it, and suggests only what nobody set up', async () => {
    const own = identity('id2', work, { signingKey: 'AAAA', encryptionKey: 'AAAA' });
    const here = world([profile('p', [identity('id1', alice), own]), profile('q', [identity('id1', alice)])]);
    const { rows } = await here.agent.mailboxes();
    expect(rows.map((row) => [row.address, row.places.length, row.suggested, row.state])).toEqual([
      [alice, 2, true, 'off'],
      [work, 1, false, 'off'],
    ]);
    expect(rows[1]?.reasons.map((reason) => reason.code)).toEqual(['own-setup']);
  });
});
