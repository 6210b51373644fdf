import type { ChangePlan, ProfileId } from '@endymail/shared/mail';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailbox, place, profileId } from '../../testing/scenes/values.ts';
import { groupsOf, keptRows, NOTHING_SAID, type Decisions } from './decisions.ts';

const FIRST = profileId(1);
const SECOND = profileId(2);

const inProfiles = (address: string, ids: readonly ProfileId[], setup: 'none' | 'own-smime' = 'none') =>
  mailbox(address, { places: ids.map((id) => place({ profileId: id, setup })) });

const planOf = (id: ProfileId, isTouching: boolean): ChangePlan => ({
  profileId: id,
  profileName: 'some',
  profilePath: '/some',
  steps: [],
  consents: isTouching ? [{ kind: 'profile-wide', identities: [] }] : [],
  changedByHand: [],
  knownPeople: 0,
  obstacles: [],
});

const said = (changed: Partial<Decisions>): Decisions => ({ ...NOTHING_SAID, ...changed });

const alice = inProfiles('alice@example.org', [FIRST]);
const club = inProfiles('club@example.org', [SECOND]);
const work = inProfiles('work@example.org', [FIRST], 'own-smime');

describe('the groups in which mailboxes are set up', () => {
  it('are one where nothing has to be said', () => {
    expect(groupsOf([alice, club], [planOf(FIRST, false)], NOTHING_SAID)).toEqual([
      { addresses: [alice.address, club.address], choices: {} },
    ]);
  });

  it('give a consent to the profile it was given for, and no other', () => {
    const plans = [planOf(FIRST, true), planOf(SECOND, true)];
    expect(groupsOf([alice, club], plans, said({ accepted: new Set([SECOND]) }))).toEqual([
      { addresses: [alice.address], choices: { byHand: true } },
      { addresses: [club.address], choices: { acceptProfileWide: true } },
    ]);
  });

  it('leave a mailbox to the person where one of its profiles was not consented to', () => {
    const both = inProfiles('both@example.org', [FIRST, SECOND]);
    const plans = [planOf(FIRST, true), planOf(SECOND, true)];
    const [group] = groupsOf([both], plans, said({ accepted: new Set([FIRST]) }));
    expect(group?.choices).toEqual({ byHand: true });
  });

  it('leave out a set-up of one’s own that may not be replaced', () => {
    expect(keptRows([alice, work], NOTHING_SAID)).toEqual([alice]);
    expect(groupsOf([work], [], NOTHING_SAID)).toEqual([]);
  });

  it('replace own set-ups first, and say so of no other mailbox', () => {
    expect(groupsOf([alice, work], [], said({ replaced: new Set([work.address]) }))).toEqual([
      { addresses: [work.address], choices: { replaceOwn: true } },
      { addresses: [alice.address], choices: {} },
    ]);
  });

  it('say to put back what was changed by hand only where that was chosen', () => {
    expect(groupsOf([alice], [], said({ changedByHand: 'put-back' }))[0]?.choices).toEqual({
      changedByHand: 'put-back',
    });
  });

  it('hold each kept mailbox once, and give no answer that was not given', () => {
    const profiles = fc.subarray([FIRST, SECOND], { minLength: 1 });
    const setup = fc.constantFrom('none' as const, 'own-smime' as const);
    const rows = fc
      .array(fc.tuple(profiles, setup), { minLength: 1, maxLength: 8 })
      .map((list) => list.map(([ids, own], index) => inProfiles(`m${index}@example.org`, ids, own)));
    fc.assert(
      fc.property(
        rows,
        fc.subarray([FIRST, SECOND]),
        fc.subarray([FIRST, SECOND]),
        fc.boolean(),
        (list, touching, accepted, all) => {
          const decisions = said({
            accepted: new Set(accepted),
            replaced: new Set(all ? list.map(({ address }) => address) : []),
          });
          const groups = groupsOf(
            list,
            [FIRST, SECOND].map((id) => planOf(id, touching.includes(id))),
            decisions,
          );
          const kept = keptRows(list, decisions).map(({ address }) => address);
          expect(groups.flatMap(({ addresses }) => addresses).toSorted()).toEqual(kept.toSorted());
          for (const { addresses, choices } of groups) {
            const ids = list
              .filter(({ address }) => addresses.includes(address))
              .flatMap(({ places }) => places.map((one) => one.profileId))
              .filter((id) => touching.includes(id));
            if (choices.acceptProfileWide === true) expect(ids.every((id) => accepted.includes(id))).toBe(true);
            if (choices.replaceOwn === true) expect(all).toBe(true);
          }
        },
      ),
    );
  });
});
