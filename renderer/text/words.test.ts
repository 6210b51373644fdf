import { failure } from '@endymail/shared/result';
import { describe, expect, it } from 'vitest';
import { address, mailbox, person, place, profileId } from '../testing/scenes/values.ts';
import { enableWords, notTickedWords } from './choose.ts';
import { counted, spelled } from './count.ts';
import { dayWords, momentWords } from './dates.ts';
import { factsText } from './facts.ts';
import { attentionWords, gapWords, homeHead, peopleWords } from './home.ts';
import { placesAndAccountsWords, placesWords, stateWords } from './mailbox.ts';
import { nothingFoundWords } from './nothing-found.ts';

const NOW = new Date(2026, 10, 25, 15, 0);
const at = (...parts: [year: number, month: number, day: number, hour?: number]): string =>
  new Date(parts[0], parts[1], parts[2], parts[3] ?? 12, 30).toISOString();

describe('numbers', () => {
  it('have their plural', () => {
    expect([0, 1, 2, 5000].map((count) => counted(count, 'person', 'people'))).toEqual([
      '0 people',
      '1 person',
      '2 people',
      '5,000 people',
    ]);
    expect([1, 3, 12].map((count) => spelled(count, 'thing', 'things'))).toEqual([
      'one thing',
      'three things',
      '12 things',
    ]);
    expect(enableWords(1)).toBe('Enable 1 mailbox');
  });
});

describe('days', () => {
  it('are said as one speaks', () => {
    expect(dayWords(at(2026, 10, 25, 0), NOW)).toBe('today');
    expect(dayWords(at(2026, 10, 24, 23), NOW)).toBe('yesterday');
    expect(dayWords(at(2026, 10, 19), NOW)).toBe('19 November');
    expect(dayWords(at(2024, 10, 19), NOW)).toBe('19 November 2024');
  });

  it('have their time where it is today', () => {
    expect(momentWords(at(2026, 10, 25, 14), NOW)).toBe('14:30');
    expect(momentWords(at(2026, 10, 24, 14), NOW)).toBe('yesterday');
  });
});

describe('a mailbox', () => {
  it('says protected only with people, and never where it is off, by hand or in need', () => {
    expect(stateWords('protected', 1).words).toBe('Protected with 1 person');
    for (const state of ['off', 'ready', 'by-hand', 'waiting', 'needs-you'] as const) {
      expect(stateWords(state, 3)).not.toMatchObject({ mark: 'protected' });
      expect(stateWords(state, 3).words).not.toMatch(/protected|encrypted/i);
    }
  });

  it('names the profile only where it is not the one the client starts with', () => {
    const other = place({ profileId: profileId(2), profileName: 'Rowing club', inUse: false, accountName: 'Club' });
    expect(placesWords(mailbox('a@example.org', { places: [place(), place(), other] }))).toBe(
      'Thunderbird; Thunderbird, profile “Rowing club”',
    );
    expect(placesAndAccountsWords(mailbox('a@example.org', { places: [other] }))).toBe(
      'Thunderbird, profile “Rowing club”, Club',
    );
  });

  it('says why it is not ticked', () => {
    const not = (code: Parameters<typeof failure>[0]) =>
      notTickedWords(mailbox('a@example.org', { suggested: false, reasons: [failure(code)] }));
    expect(not('own-setup')).toBe('Not ticked: it has an encryption set-up of its own.');
    expect(not('settings-overruled')).toMatch(/^Not ticked: its settings are fixed/);
    expect(not('client-not-installed')).toMatch(/^Not ticked: this mailbox/);
    expect(notTickedWords(mailbox('a@example.org'))).toBeNull();
  });
});

describe('home', () => {
  it('says in its heading how much needs the person', () => {
    expect(homeHead(2, 1, null, NOW).title).toBe('Two things need you');
    expect(homeHead(1, 1, null, NOW).title).toBe('One thing needs you');
    expect(homeHead(0, 1, at(2026, 10, 25, 14), NOW)).toEqual({
      title: 'Everything is in order',
      lead: 'Looked at 14:30.',
    });
    expect(homeHead(0, 0, null, NOW).title).toBe('No mailbox is enabled');
  });

  it('has one button for each thing', () => {
    const close = {
      kind: 'close-client',
      profileId: profileId(2),
      product: 'Thunderbird',
      profileName: 'Club',
      inUse: false,
      addresses: [address('a@example.org'), address('b@example.org')],
    } as const;
    expect(attentionWords(close)).toEqual({
      title: 'Close Thunderbird to finish two mailboxes',
      says: 'a@example.org and b@example.org are waiting for Thunderbird with the profile “Club”.',
      button: 'I have closed it',
    });
    expect(attentionWords({ kind: 'back-up' }).button).toBe('Back up…');
    const bob = address('b@example.org');
    const ends = { kind: 'keys-end', addresses: [bob], endsAt: '2024-02-03T10:00:00.000Z' } as const;
    expect(attentionWords({ ...ends, hasEnded: true })).toMatchObject({
      title: `Mail to ${bob} goes unencrypted`,
      says: 'Their key ended (3 February 2024). Ask for a new file, and add it.',
    });
    expect(attentionWords({ ...ends, hasEnded: false, addresses: [bob, bob] })).toMatchObject({
      title: 'Mail to two people will soon go unencrypted',
      says: 'Their keys end soon. Ask for new files, and add them.',
    });
  });

  it('says of a time without Endymail no more than is known', () => {
    const gap = { from: at(2026, 10, 19, 9), to: at(2026, 10, 25, 14) };
    const done =
      'Endymail was not at work from 19 November, 09:30, to today, 14:30. Thunderbird went on with what it had. ' +
      'Whatever waited in that time is done now';
    expect(gapWords(gap, [], NOW)).toBe(`${done}.`);
    expect(gapWords(gap, [{ kind: 'back-up' }], NOW)).toBe(`${done}.`);
    expect(gapWords(gap, [{ kind: 'problem', failure: failure('profile-unreadable') }], NOW)).toBe(
      `${done}, or is named below.`,
    );
  });

  it('names who was added last', () => {
    const people = [
      person('a@example.org', { name: 'Ines', addedAt: at(2026, 10, 24) }),
      person('b@example.org', { name: '', addedAt: at(2026, 10, 20) }),
    ];
    expect(peopleWords(people, NOW)).toEqual({ name: '2 people', sub: 'Last added: Ines, yesterday' });
    expect(peopleWords([], NOW).name).toBe('Nobody yet');
  });
});

it('has a sentence of its own for each kind of nothing', () => {
  const codes = ['no-client', 'only-other-clients', 'client-unused', 'no-mailbox', 'client-too-old'] as const;
  const leads = codes.map((code) => nothingFoundWords(failure(code)).lead);
  expect(new Set(leads).size).toBe(codes.length);
  expect(nothingFoundWords(failure('profile-unreadable')).title).toBe('No mailbox could be read');
});

it('copies facts as text', () => {
  expect(factsText([{ title: 'One', facts: [{ name: 'a', value: 'b' }] }, { text: 'raw\nlines' }])).toBe(
    'One\na: b\n\nraw\nlines',
  );
});
