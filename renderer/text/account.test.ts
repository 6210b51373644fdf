import { failure } from '@endymail/shared/result';
import { describe, expect, it } from 'vitest';
import { account } from '../testing/scenes/accounts.ts';
import { isLocalName, pinFacts, pinWords, syncSub, syncWords } from './account.ts';

const { sync } = account();
const LATER = new Date('2026-11-26T08:00:00.000Z');
const OFFLINE = failure('mesh-offline');

describe('how sharing stands', () => {
  it('is said with as of when', () => {
    expect(syncWords(sync, LATER)).toBe('Shared as of yesterday');
    expect(syncWords({ ...sync, problem: OFFLINE }, LATER)).toBe('Offline since yesterday');
    expect(syncWords({ ...sync, problem: failure('account-unconfirmed') }, LATER)).toBe('Not shared since yesterday');
  });

  it('claims no time where there was none', () => {
    expect(syncWords({ ...sync, asOf: null }, LATER)).toBe('Not shared yet');
    expect(syncWords({ ...sync, asOf: null, problem: OFFLINE }, LATER)).toBe('Offline');
  });

  it('says what waits and what was left out', () => {
    const ignored = [
      { deviceId: 'a', count: 1 },
      { deviceId: 'b', count: 2 },
    ];
    expect(syncSub({ ...sync, unsent: 1, ignored })).toBe(
      '1 change waits to be sent. 3 entries that had no right to be there were left out.',
    );
    expect(syncSub({ ...sync, problem: OFFLINE })).toContain(OFFLINE.message);
  });
});

describe('the key of a service', () => {
  it('is spoken of where nobody vouches for it, and under Details in any case', () => {
    const pin = { fingerprint: '7f3a 91c4', how: 'first-use' } as const;
    expect(pinWords(pin)).toContain('Nobody vouches');
    expect(pinFacts(pin)).toEqual([{ name: 'key of the service, since the first visit', value: '7f3a 91c4' }]);
    expect(pinWords({ ...pin, how: 'exchange' })).toBeNull();
    expect(pinFacts({ ...pin, how: 'exchange' })).toHaveLength(1);
    expect(pinFacts(null)).toEqual([]);
  });
});

it.each([
  ['mira', true],
  ['m', true],
  ['mira.h_2-x', true],
  ['Mira', false],
  ['mira@', false],
  ['.mira', false],
  ['', false],
])('%s as the name of an account: %s', (name, is) => {
  expect(isLocalName(name)).toBe(is);
});
