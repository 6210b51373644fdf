import { describe, expect, it } from 'vitest';
import { failure } from '@endymail/shared/result';
import { NOTHING, anchor, obstacles, people, plan, profile, short, wanted } from './testing/plan-fixture.ts';

describe('obstacles', () => {
  it('do not matter where nothing is to be done', () => {
    expect(obstacles(plan(NOTHING, { profile: profile({ running: true }), writable: false }))).toEqual([]);
  });

  it('are all shown, what the person must decide first', () => {
    const work = plan(wanted(), {
      writable: false,
      profile: profile({
        running: true,
        primaryPassword: true,
        problems: [failure('client-too-old')],
        overruled: [{ name: 'mail.e2ee.auto_enable', value: false, by: 'user.js' }],
      }),
    });
    expect(obstacles(work)).toEqual([
      'client-too-old',
      'profile-read-only',
      'settings-overruled',
      'primary-password',
      'client-running',
    ]);
  });

  it('a setting that is fixed to our own value is none, and is not written', () => {
    const overruled = [{ name: 'mail.e2ee.auto_enable', value: true, by: 'policy' }] as const;
    const work = plan(wanted(), { profile: profile({ overruled }) });
    expect(obstacles(work)).toEqual([]);
    expect(short(work).join()).not.toContain('auto_enable');
  });

  it("[SEC-21] a running client is one, except for people's certificates by way of the NSS tools", () => {
    const running = profile({ running: true });
    const known = { ...NOTHING, anchor, people };
    expect(obstacles(plan(wanted(), { profile: running }))).toEqual(['client-running']);
    expect(obstacles(plan(known, { profile: running }))).toEqual([]);
    expect(obstacles(plan(known, { profile: running, route: 'headless' }))).toEqual(['client-running']);
  });

  it('a primary password is one where keys or trust are touched', () => {
    const secured = profile({ primaryPassword: true });
    const person = { ...NOTHING, people };
    expect(obstacles(plan({ ...person, anchor }, { profile: secured }))).toEqual(['primary-password']);
    expect(obstacles(plan(person, { profile: secured }))).toEqual([]);
    expect(obstacles(plan(person, { profile: secured, route: 'headless' }))).toEqual(['primary-password']);
  });

  it('no way into the store is one', () => {
    expect(obstacles(plan(wanted(), { route: 'none', profile: profile({ program: null }) }))).toEqual([
      'client-not-installed',
    ]);
    expect(obstacles(plan(wanted(), { route: 'none' }))).toEqual(['tools-missing']);
  });
});
