import { expect, it } from 'vitest';
import type { PersonView } from '@endymail/shared/mail';
import { failure } from '@endymail/shared/result';
import { BOB, mailbox } from '../testing/mailboxes.ts';
import { attentionView } from './attention.ts';

const NOW = '2026-01-02T03:04:05.000Z';
type Parts = Parameters<typeof attentionView>[0];
const attention = (parts: Partial<Parts> & Pick<Parts, 'mailboxes' | 'lastBackupAt'>) =>
  attentionView({ people: [], now: new Date(NOW), ...parts });
const kinds = (parts: Parameters<typeof attention>[0]): string[] => attention(parts).map(({ kind }) => kind);
const seen = (rows: ReturnType<typeof mailbox>[], problems = [] as ReturnType<typeof failure>[]) => ({
  rows,
  problems,
  lookedAt: NOW,
});

it('nothing needs a person who has done nothing yet, or whose mailboxes are well and backed up', () => {
  expect(kinds({ mailboxes: seen([]), lastBackupAt: null })).toEqual([]);
  expect(kinds({ mailboxes: seen([mailbox()]), lastBackupAt: null })).toEqual([]);
  expect(kinds({ mailboxes: seen([mailbox({ state: 'protected' })]), lastBackupAt: NOW })).toEqual([]);
});

it('a client that must be closed is one thing, however many mailboxes wait for it', () => {
  const reasons = [failure('client-running')];
  const rows = [
    mailbox({ state: 'waiting', reasons }, true),
    mailbox({ address: BOB, state: 'waiting', reasons }, true),
    // Not enabled: it waits for nothing.
    mailbox({ state: 'off', reasons }, true),
  ];
  expect(attention({ mailboxes: seen(rows), lastBackupAt: NOW })).toMatchObject([
    { kind: 'close-client', product: 'Thunderbird', addresses: ['alice@example.test', 'bob@example.test'] },
  ]);
});

it('what was changed by hand and what is wrong are told apart, each with its reason', () => {
  const rows = [
    mailbox({ state: 'needs-you', reasons: [failure('changed-by-hand')] }),
    mailbox({ address: BOB, state: 'needs-you', reasons: [failure('primary-password')] }),
    mailbox({ state: 'needs-you', reasons: [] }),
  ];
  expect(attention({ mailboxes: seen(rows), lastBackupAt: NOW })).toMatchObject([
    { kind: 'changed-by-hand', failure: { code: 'changed-by-hand' } },
    { kind: 'mailbox', address: BOB, failure: { code: 'primary-password' } },
    { kind: 'mailbox', failure: { code: 'not-set-up' } },
  ]);
});

it('what could not be read is a thing beside mailboxes, and the whole window says it where there are none', () => {
  const problems = [failure('profile-unreadable')];
  expect(kinds({ mailboxes: seen([mailbox()], problems), lastBackupAt: null })).toEqual(['problem']);
  expect(kinds({ mailboxes: seen([], problems), lastBackupAt: null })).toEqual([]);
});

it('there is something to lose as soon as a mailbox has keys', () => {
  expect(kinds({ mailboxes: seen([mailbox({ state: 'ready' })]), lastBackupAt: null })).toEqual(['back-up']);
});

it('of people whose key has ended, or ends within a month, it is said that mail to them goes plain', () => {
  const [ended, sooner, soon, late] = ['01-01', '01-03', '01-31', '02-02'].map((day) => `2026-${day}T00:00:00.000Z`);
  const people = [late, soon, ended, sooner].map((certificateExpiresAt = ''): PersonView => ({
    address: BOB,
    name: '',
    fingerprint: '',
    addedAt: NOW,
    certificateExpiresAt,
  }));
  expect(attention({ mailboxes: seen([mailbox({ state: 'protected' })]), people, lastBackupAt: NOW })).toEqual([
    { kind: 'keys-end', hasEnded: true, addresses: [BOB], endsAt: ended },
    { kind: 'keys-end', hasEnded: false, addresses: [BOB, BOB], endsAt: sooner },
  ]);
  expect(kinds({ mailboxes: seen([mailbox()]), people, lastBackupAt: NOW })).toEqual([]);
});
