import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { authorityFingerprint, certificateId } from '../certificates/index.ts';
import {
  address,
  alice,
  codeOf,
  correspondent,
  identity,
  profile,
  valueOf,
  world,
  type World,
} from '../testing/world.ts';
import { PEOPLE_MAX } from './people.ts';

const DAY_MS = 86_400_000;

describe('people', () => {
  let here: World;
  beforeEach(async () => {
    here = world([profile('p', [identity('id1', alice)])]);
    valueOf(await here.agent.enable([alice], {}));
  });

  it('[SEC-11] adds a person under the local anchor, and takes them away again', async () => {
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(await bob.part()));
    expect(view).toMatchObject({ address: 'bob@example.test', name: 'Alice Example' });
    expect(here.state().people).toEqual([]);
    valueOf(await here.agent.addPerson(await bob.part(), view.fingerprint));
    const [target] = here.client.held.values();
    expect(target?.people.map((person) => person.address)).toEqual(['bob@example.test']);
    expect(target?.anchor).toBe(here.state().anchor?.certificate);
    valueOf(await here.agent.removePerson(address('bob@example.test')));
    expect([...here.client.held.values()][0]).toMatchObject({ people: [], anchor: null });
  });

  it('refuses a file that is not the one whose fingerprint was shown', async () => {
    const bob = await correspondent('bob@example.test');
    const mallory = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(await bob.part()));
    expect(codeOf(await here.agent.addPerson(await mallory.part(), view.fingerprint))).toBe('public-part-invalid');
  });

  it('refuses another key for a person who is known', async () => {
    const bob = await correspondent('bob@example.test');
    const mallory = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(await bob.part()));
    valueOf(await here.agent.addPerson(await bob.part(), view.fingerprint));
    expect(codeOf(await here.agent.readPublicPart(await mallory.part()))).toBe('peer-key-changed');
  });

  it('[SEC-13] takes none of however many keys that are said to be a known person’s, and keeps nothing of them (R38)', async () => {
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(await bob.part()));
    valueOf(await here.agent.addPerson(await bob.part(), view.fingerprint));
    const before = here.state();
    const written = here.client.held;
    for (let others = 0; others < 20; others += 1) {
      const part = await (await correspondent('bob@example.test')).part();
      const fingerprint = fingerprintIn(part);
      // Each of them as the file, as it was looked at, and said to be the one that is known.
      for (const said of [fingerprint, view.fingerprint, '']) {
        expect(codeOf(await here.agent.addPerson(part, said))).toBe('peer-key-changed');
      }
    }
    expect(here.state()).toBe(before);
    expect(here.client.held).toEqual(written);
  });

  it("takes a renewed certificate under a known person's CA", async () => {
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(await bob.part()));
    valueOf(await here.agent.addPerson(await bob.part(), view.fingerprint));
    const before = here.state().people[0]!.certificate;
    here.now = new Date(here.now.getTime() + 600 * DAY_MS);
    bob.world.now = here.now;
    valueOf(await bob.world.agent.reconcile());
    valueOf(await here.agent.addPerson(await bob.part(), view.fingerprint));
    expect(here.state().people).toHaveLength(1);
    expect(certificateId(here.state().people[0]!.certificate)).not.toBe(certificateId(before));
  });

  it('refuses the own mailbox', async () => {
    expect(codeOf(await here.agent.readPublicPart(valueOf(await here.agent.share(alice)).text))).toBe('peer-is-own');
  });

  it(`holds at most ${PEOPLE_MAX} people`, async () => {
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(await bob.part()));
    valueOf(await here.agent.addPerson(await bob.part(), view.fingerprint));
    const [person] = here.state().people;
    const crowd = Array.from({ length: PEOPLE_MAX }, (_, index) => ({
      ...person!,
      address: address(`p${index}@example.test`),
    }));
    const full = world([profile('p', [identity('id1', alice)])]);
    valueOf(await full.agent.enable([alice], {}));
    full.remember({ ...full.state(), people: crowd });
    const carol = await correspondent('carol@example.test');
    const shown = valueOf(await full.agent.readPublicPart(await carol.part()));
    expect(codeOf(await full.agent.addPerson(await carol.part(), shown.fingerprint))).toBe('peer-limit');
  });

  it('installs nobody else’s certificate for an address that is enabled here', async () => {
    const here = world([profile('p', [identity('id1', alice), identity('id2', address('bob@example.test'))])]);
    valueOf(await here.agent.enable([alice], {}));
    const bob = await correspondent('bob@example.test');
    const view = valueOf(await here.agent.readPublicPart(await bob.part()));
    valueOf(await here.agent.addPerson(await bob.part(), view.fingerprint));
    expect([...here.client.held.values()][0]?.people).toHaveLength(1);
    valueOf(await here.agent.enable([address('bob@example.test')], {}));
    expect([...here.client.held.values()][0]).toMatchObject({ people: [], anchor: null });
  });
});

const PartSchema = v.looseObject({ authority: v.string() });

/** What a person would see of the CA in a public part, whatever is known here. */
const fingerprintIn = (part: string): string =>
  authorityFingerprint(Buffer.from(v.parse(PartSchema, JSON.parse(part)).authority, 'base64'));
