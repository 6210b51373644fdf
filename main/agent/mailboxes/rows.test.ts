import { describe, expect, it } from 'vitest';
import { failure } from '@endymail/shared/result';
import type { ClientProfile } from '@endymail/shared/mail';
import { EMPTY_STATE } from '../home/state.ts';
import { identity, profile } from '../testing/profiles.ts';
import { alice } from '../testing/world.ts';
import { mailboxRows } from './rows.ts';

const listed = (...profiles: readonly ClientProfile[]) =>
  mailboxRows({ profiles, problems: [] }, EMPTY_STATE, new Map(), new Date());

describe('why there is no mailbox', () => {
  it.each<[string, ClientProfile, string, string]>([
    ['was never started', profile('p', [], { version: null }), 'client-unused', 'never started'],
    ['has no account', profile('p', []), 'no-mailbox', 'no mail account yet'],
    [
      'is too old and has no account',
      profile('p', [], { problems: [failure('client-too-old', 'Thunderbird 115 is too old.')] }),
      'client-too-old',
      '115',
    ],
  ])('is said of a Thunderbird that %s', (_, only, code, says) => {
    const { rows, problems } = listed(only);
    expect(rows).toEqual([]);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.message).toContain(says);
  });

  it('is not that it was never started, where another profile was', () => {
    expect(listed(profile('a', [], { version: null }), profile('b', [])).problems[0]?.code).toBe('no-mailbox');
  });
});

it('a mailbox of a Thunderbird that is too old is shown, and not ticked', () => {
  const problems = [failure('client-too-old')];
  const [row] = listed(profile('p', [identity('id1', alice)], { problems })).rows;
  expect([row?.suggested, row?.reasons.map(({ code }) => code)]).toEqual([false, ['client-too-old']]);
});
