import { AUTO_DISABLE_PREF, AUTO_ENABLE_PREF, type ChangePlan, type PlannedStep } from '@endymail/shared/mail';
import { describe, expect, it } from 'vitest';
import { address, profileId } from '../testing/scenes/values.ts';
import { changedWords, consentWords, namesWords, planFacts, planLines } from './review.ts';

const A = address('a@example.org');
const B = address('b@example.org');

const plan = (steps: readonly PlannedStep[], changed: Partial<ChangePlan> = {}): ChangePlan => ({
  profileId: profileId(1),
  profileName: 'default',
  profilePath: '/profiles/default',
  steps,
  consents: [],
  changedByHand: [],
  knownPeople: 0,
  obstacles: [],
  ...changed,
});

const importKey = (who: typeof A): PlannedStep => ({ kind: 'import-key', address: who, certificateId: '5f:9a' });
const pref = (name: string, to: boolean): PlannedStep => ({
  kind: 'set-pref',
  name,
  from: null,
  to,
  scope: 'profile',
  address: null,
});

const says = (plans: readonly ChangePlan[], byHand: readonly (typeof A)[] = []) =>
  planLines(plans, byHand).map((line) => line.says);

describe('the plan in plain words', () => {
  it('says what a mailbox gets, and what Thunderbird does by itself', () => {
    expect(says([plan([importKey(A), pref(AUTO_ENABLE_PREF, true)])])).toEqual([
      'a@example.org gets its own keys.',
      'Thunderbird signs and encrypts by itself.',
    ]);
  });

  it('claims nothing to happen by itself where the switch is not set', () => {
    expect(says([plan([importKey(A), importKey(B)])], [A])).toEqual([
      'Each mailbox gets its own keys.',
      'In a@example.org you press Encrypt yourself.',
    ]);
  });

  it('tells of people whom Thunderbird knows already only where it will encrypt to them by itself', () => {
    const known = { knownPeople: 2 };
    expect(says([plan([importKey(A), pref(AUTO_ENABLE_PREF, true)], known)])).toContain(
      'Two people you write to are known to Thunderbird already.',
    );
    expect(says([plan([importKey(A)], known)], [A])).not.toContain(
      'Two people you write to are known to Thunderbird already.',
    );
  });

  it('says that mail goes as before when somebody is added only where that is switched on', () => {
    const about = (steps: readonly PlannedStep[]) =>
      planLines([plan(steps)], [])
        .map(({ sub }) => sub)
        .join(' ');
    const on = pref(AUTO_ENABLE_PREF, true);
    expect(about([on, pref(AUTO_DISABLE_PREF, true)])).toContain('when you add somebody');
    expect(about([on])).not.toContain('when you add somebody');
  });

  it('has a line for work of which nothing else tells, and none for no work', () => {
    expect(says([plan([pref('mail.identity.id1.sign_mail', true)])])).toEqual([
      'What Endymail had set is brought up to date.',
    ]);
    expect(says([plan([])])).toEqual([]);
  });

  it('has the exact settings for Details', () => {
    expect(planFacts([plan([pref(AUTO_ENABLE_PREF, true)]), plan([])])).toEqual([
      {
        title: 'Thunderbird profile “default”',
        facts: [
          { name: 'folder', value: '/profiles/default' },
          { name: AUTO_ENABLE_PREF, value: 'not set → true, whole profile' },
        ],
      },
    ]);
  });
});

describe('whom else it touches', () => {
  const touching = plan([], {
    consents: [{ kind: 'profile-wide', identities: [{ identityId: 'id2', address: B, loses: 'require-encryption' }] }],
  });

  it('names the other mailbox, what it loses, and what happens if the person leaves it', () => {
    const { title, says: losses, tick, otherwise } = consentWords(touching, [A]);
    expect(title).toBe('This also touches b@example.org');
    expect(losses.join(' ')).toContain('refuses to send what it can not encrypt');
    expect(tick).toBe('Change it for b@example.org too');
    expect(otherwise).toBe('If you leave it, its rule stays, and in a@example.org you press Encrypt yourself.');
  });

  it('speaks of a rule of the mailbox itself as that', () => {
    expect(consentWords(touching, [B]).title).toBe('This changes a rule of b@example.org');
  });
});

describe('names in a sentence', () => {
  it.each([
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd'], 'a, b and 2 others'],
  ])('%j → %s', (names, words) => {
    expect(namesWords(names)).toBe(words);
  });
});

it('says how many settings were changed by hand, and of which mailbox', () => {
  const changed = { what: 'pref', name: 'x', address: A, ours: true, now: false, before: null } as const;
  expect(changedWords([changed])).toBe('One setting of a@example.org is no longer as Endymail had set it.');
  expect(changedWords([changed, changed])).toBe(
    'Two settings of a@example.org are no longer as Endymail had set them.',
  );
});
