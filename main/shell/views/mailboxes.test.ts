import { expect, it } from 'vitest';
import { failure } from '@endymail/shared/result';
import { ALICE, profile } from '../testing/mailboxes.ts';
import { mailboxesView } from './mailboxes.ts';
import { workView } from './work.ts';

const ONE = profile(1, [ALICE]);
const [identity] = ONE.identities;

it('[SEC-65] the page is shown a mailbox without the paths, programs and keys that the agent knows of', () => {
  const view = mailboxesView(
    {
      rows: [
        {
          address: ALICE,
          name: 'Alice',
          state: 'off',
          places: [{ profile: ONE, identity: identity!, setup: 'own-smime' }],
          suggested: false,
          reasons: [failure('own-setup')],
        },
      ],
      problems: [],
    },
    new Date('2026-01-02T03:04:05Z'),
  );
  expect(view).toMatchObject({
    lookedAt: '2026-01-02T03:04:05.000Z',
    rows: [{ address: ALICE, state: 'off', places: [{ profileName: 'profile 1', setup: 'own-smime' }] }],
  });
  const text = JSON.stringify(view);
  for (const hidden of [ONE.path, ONE.program, identity!.signingKey, 'mail.example.test']) {
    expect(text).not.toContain(hidden);
  }
});

it('says how work ended: who is waited for, and what the person had changed', () => {
  const left = {
    what: 'pref',
    name: 'mail.identity.id1.sign_mail',
    address: ALICE,
    ours: true,
    now: false,
    before: null,
  };
  const done = [{ profileId: ONE.id, applied: 3, changedByHand: [left as typeof left & { what: 'pref' }] }];
  expect(workView({ done, waiting: [{ profile: ONE, why: failure('client-running') }] })).toEqual({
    waiting: [
      { profileId: ONE.id, profileName: 'profile 1', product: 'Thunderbird', failure: failure('client-running') },
    ],
    left: [{ name: 'mail.identity.id1.sign_mail', address: ALICE }],
  });
});
