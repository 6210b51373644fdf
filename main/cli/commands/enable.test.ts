import { describe, expect, it } from 'vitest';
import { EXIT_CODES, err, failure, ok } from '@endymail/shared/result';
import type { ChangePlan } from '@endymail/shared/mail';
import type { Agent, EnableOptions, WorkReport } from '../../agent/index.ts';
import { EXIT_INTERRUPTED } from '../interrupts.ts';
import { address } from '../../agent/testing/profiles.ts';
import { ALICE, DONE, PLAN, PROFILE, endymail, row } from '../testing/fakes.ts';

const WORK = address('alice@work.test');
const AFFECTED: ChangePlan = {
  ...PLAN,
  consents: [{ kind: 'profile-wide', identities: [{ identityId: 'id2', address: WORK, loses: 'require-encryption' }] }],
};
const OWN: ChangePlan = { ...PLAN, obstacles: [failure('own-setup')] };
const CHANGED: ChangePlan = {
  ...PLAN,
  changedByHand: [{ what: 'pref', name: 'mail.e2ee.auto_enable', address: null, ours: true, now: false, before: null }],
};
const RUNNING: WorkReport = { done: [], waiting: [{ profile: PROFILE, why: failure('client-running') }] };

/** An agent that answers with this plan and keeps what `enable` was called with. */
function enabling(plan: ChangePlan, more: Partial<Agent> = {}) {
  const calls: EnableOptions[] = [];
  const agent: Partial<Agent> = {
    plan: (_addresses, { replaceOwn }) => Promise.resolve(ok([replaceOwn ? { ...plan, obstacles: [] } : plan])),
    enable: (_addresses, options) => {
      calls.push(options);
      return Promise.resolve(ok(DONE));
    },
    mailboxes: () => Promise.resolve(ok({ rows: [row('ready')], problems: [] })),
    ...more,
  };
  return { agent, calls };
}

describe('enable', () => {
  it('shows the plan, asks, does it, and says what the mailbox is now', async () => {
    const { agent, calls } = enabling(PLAN);
    const { exit, out, notes, questions } = await endymail(['enable', ALICE], { agent, answers: [true] });
    expect(exit).toBe(0);
    expect(questions).toEqual(['Do this?']);
    expect(notes).toContain('Protected mail can be read only on devices you add.');
    expect(notes).toContain('smime.p7m');
    expect(notes).toContain('can be undone');
    expect(out).toContain(`${ALICE}: Ready. Nobody who can get encrypted mail from you is known yet.`);
    expect(out).not.toMatch(/protected/i);
    expect(calls).toHaveLength(1);
  });

  it('without a person and without --yes prints the plan and changes nothing', async () => {
    const { agent, calls } = enabling(PLAN);
    const { exit, notes } = await endymail(['enable', ALICE], { agent });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(notes).toContain(`${ALICE} gets a key and a certificate`);
    expect(notes).toContain('This needs your consent.');
    expect(calls).toEqual([]);
  });

  it('changes nothing when the person says no', async () => {
    const { agent, calls } = enabling(PLAN);
    const { exit } = await endymail(['enable', ALICE], { agent, answers: [false] });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(calls).toEqual([]);
  });

  it('does not ask when there is nothing to change', async () => {
    const { agent, calls } = enabling({ ...PLAN, steps: [] });
    expect((await endymail(['enable', ALICE], { agent })).exit).toBe(0);
    expect(calls).toHaveLength(1);
  });

  it('[SEC-23] --yes gives neither consent that has an option of its own', async () => {
    for (const plan of [AFFECTED, OWN]) {
      const { agent, calls } = enabling(plan);
      await endymail(['enable', ALICE, '--yes'], { agent });
      expect(calls).toHaveLength(1);
      expect(calls[0]).toMatchObject({ acceptProfileWide: false, replaceOwn: false, byHand: false });
    }
  });

  it('tells a script of the consent that --yes does not give before it tells of --yes', async () => {
    const plan = () => Promise.resolve(ok([AFFECTED]));
    const script = await endymail(['enable', ALICE, '--json'], { agent: { plan } });
    expect([script.exit, script.json()]).toMatchObject([3, { error: { code: 'profile-wide-consent' } }]);
    const decided = await endymail(['enable', ALICE, '--json', '--by-hand'], { agent: { plan } });
    expect([decided.exit, decided.json()]).toMatchObject([3, { error: { code: 'confirm-needed' } }]);
  });

  it('ends with 3 when the agent misses a consent', async () => {
    const enable = () => Promise.resolve(err(failure('profile-wide-consent')));
    const { agent } = enabling(AFFECTED, { enable });
    const { exit, notes } = await endymail(['enable', ALICE, '--yes'], { agent });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(notes).toContain(`Needs your consent: ${WORK} now refuses to send unencrypted mail.`);
    expect(notes).toContain('--accept-profile-wide');
  });

  it.each([
    ['accept', { acceptProfileWide: true, byHand: false }],
    ['by-hand', { acceptProfileWide: false, byHand: true }],
  ])('asks for the profile-wide consent by itself: %s', async (answer, expected) => {
    const { agent, calls } = enabling(AFFECTED);
    const { exit } = await endymail(['enable', ALICE], { agent, answers: [answer, true] });
    expect(exit).toBe(0);
    expect(calls[0]).toMatchObject(expected);
  });

  it('does nothing when that consent is refused', async () => {
    const { agent, calls } = enabling(AFFECTED);
    const { exit } = await endymail(['enable', ALICE], { agent, answers: ['stop'] });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(calls).toEqual([]);
  });

  it('[SEC-23] asks before an own set-up is replaced', async () => {
    const asked = enabling(OWN);
    await endymail(['enable', ALICE], { agent: asked.agent, answers: [true, true] });
    expect(asked.calls[0]).toMatchObject({ replaceOwn: true });
    const refused = enabling(OWN);
    const { exit } = await endymail(['enable', ALICE], { agent: refused.agent, answers: [false] });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(refused.calls).toEqual([]);
  });

  it('asks what to do with what was changed by hand, and takes the options for it', async () => {
    const asked = enabling(CHANGED);
    await endymail(['enable', ALICE], { agent: asked.agent, answers: ['leave', true] });
    expect(asked.calls[0]).toMatchObject({ changedByHand: 'leave' });
    const told = enabling(CHANGED);
    await endymail(['enable', ALICE, '--yes', '--put-back'], { agent: told.agent });
    expect(told.calls[0]).toMatchObject({ changedByHand: 'put-back' });
  });

  it('ends with 3 when something was left that nobody decided about', async () => {
    const left = { ...DONE, done: [{ profileId: PROFILE.id, applied: 0, changedByHand: CHANGED.changedByHand }] };
    const { agent } = enabling(CHANGED, { enable: () => Promise.resolve(ok(left)) });
    const { exit, out } = await endymail(['enable', ALICE, '--yes'], { agent });
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(out).toContain('Left as you have it: mail.e2ee.auto_enable');
    expect((await endymail(['enable', ALICE, '--yes', '--leave'], { agent })).exit).toBe(0);
  });

  it('gives the shape for scripts', async () => {
    const { agent } = enabling(PLAN);
    const { json } = await endymail(['enable', ALICE, '--yes', '--json'], { agent });
    expect(json()).toEqual({
      mailboxes: [{ address: ALICE, state: 'ready' }],
      profiles: [{ id: PROFILE.id, applied: 2, changedByHand: [] }],
      waiting: [],
    });
  });

  it('passes the key algorithm on', async () => {
    const { agent, calls } = enabling(PLAN);
    await endymail(['enable', ALICE, '--yes', '--rsa'], { agent });
    expect(calls[0]).toMatchObject({ algorithm: 'rsa-3072' });
  });
});

describe('while Thunderbird runs', () => {
  const running = (plan = PLAN) => enabling(plan, { enable: () => Promise.resolve(ok(RUNNING)) });

  it('a script ends with 3, told what to do', async () => {
    const { exit, out, json } = await endymail(['enable', ALICE, '--yes', '--json'], running());
    expect(exit).toBe(EXIT_CODES.needsPerson);
    expect(out).toContain('client-running');
    expect(json()).toMatchObject({ profiles: [], waiting: [{ id: PROFILE.id, code: 'client-running' }] });
  });

  it('a profile that has nothing to do with it does not fail the command', async () => {
    const elsewhere = { profile: { ...PROFILE, identities: [] }, why: failure('profile-malformed') };
    const enable = () => Promise.resolve(ok({ ...DONE, waiting: [elsewhere] }));
    const { exit, out } = await endymail(['enable', ALICE, '--yes'], enabling(PLAN, { enable }));
    expect(exit).toBe(0);
    expect(out).toContain(elsewhere.why.message);
  });

  it.each([
    [['enable', ALICE, '--yes'], undefined, false],
    [['enable', ALICE, '--yes', '--wait'], undefined, true],
    [['enable', ALICE], [true], true],
  ])('%j waits only when somebody does', async (args, answers, waits) => {
    const { agent, calls } = enabling(PLAN);
    await endymail(args, answers ? { agent, answers } : { agent });
    expect(calls[0]?.wait !== undefined).toBe(waits);
  });

  it('says so once, and gives up when the person does not want to wait', async () => {
    const answers: boolean[] = [];
    const enable: Agent['enable'] = async (_addresses, { wait, onProgress }) => {
      for (let looks = 0; looks < 3; looks += 1) {
        onProgress?.({ kind: 'waiting', address: ALICE, profile: PROFILE });
        answers.push((await wait?.(PROFILE)) ?? false);
      }
      return ok(RUNNING);
    };
    let pauses = 0;
    const pause = () => Promise.resolve(++pauses < 3);
    const { notes, exit } = await endymail(['enable', ALICE, '--yes', '--wait'], {
      ...enabling(PLAN, { enable }),
      pause,
    });
    expect(answers).toEqual([true, true, false]);
    expect(notes.match(/Close it, I am waiting/g)).toHaveLength(1);
    expect(exit).toBe(EXIT_INTERRUPTED);
  });

  it('Ctrl+C waits while a profile is being written', async () => {
    const written: boolean[] = [];
    const enable: Agent['enable'] = (_addresses, { onProgress }) => {
      for (const kind of ['making-keys', 'setting-up', 'set-up'] as const) {
        onProgress?.({ kind, address: ALICE, profile: PROFILE });
      }
      return Promise.resolve(ok(DONE));
    };
    const writing = (on: boolean): void => void written.push(on);
    await endymail(['enable', ALICE, '--yes'], { ...enabling(PLAN, { enable }), writing });
    expect(written).toEqual([false, true, false, false]);
  });
});

describe('plan', () => {
  it('says it in plain words, with the exact settings only in the details', async () => {
    const agent: Partial<Agent> = { plan: () => Promise.resolve(ok([{ ...AFFECTED, knownPeople: 3 }])) };
    const plain = await endymail(['plan', ALICE], { agent });
    expect(plain.exit).toBe(0);
    expect(plain.out).toContain('Thunderbird has certificates of 3 people already: mail to them is encrypted');
    expect(plain.out).not.toContain('mail.e2ee');
    const exact = await endymail(['plan', ALICE, '--details'], { agent });
    expect(exact.out).toContain('mail.e2ee.auto_enable: (not set) → true');
    expect(exact.out).toContain('c0ffee');
    expect(exact.out).toContain(PROFILE.path);
    // The key in it was made to be shown, and enabling makes another.
    expect(exact.out).toContain('A key that Endymail does not have yet is made by endymail enable');
    expect((await endymail(['enable', ALICE, '--details', '--yes'], { agent })).notes).not.toContain('not by a plan');
  });

  it('gives the shape for scripts', async () => {
    const { json } = await endymail(['plan', ALICE, '--json']);
    expect(json()).toEqual({ plans: [PLAN] });
  });
});
