import { failure } from '@endymail/shared/result';
import { describe, expect, it } from 'vitest';
import { digitsLabel, endedWords, pairSub, untilWords } from './join.ts';
import { typedWords } from './recover.ts';

describe('what the screens of joining say', () => {
  it('reads the digits three and three', () => {
    expect(digitsLabel('482913')).toBe('The six digits: 4 8 2, 9 1 3');
  });

  it('says what is left of a request, and nothing of it once it is over', () => {
    const now = new Date('2026-11-25T14:28:30.000Z');
    expect(untilWords('2026-11-25T15:28:00.000Z', now)).toMatch(/^until \d\d:28, 60 minutes from now$/);
    expect(untilWords('2026-11-25T14:29:00.000Z', now)).toMatch(/, 1 minute from now$/);
    expect(untilWords('2026-11-25T14:28:00.000Z', now)).toMatch(/^until \d\d:28$/);
  });

  it('offers to ask again where that can help', () => {
    expect(endedWords(failure('join-digits'))).toMatchObject({ title: 'The digits did not match', isAgain: true });
    expect(endedWords(failure('join-false')).isAgain).toBe(false);
    expect(endedWords(failure('disk-full')).title).toBe('Joining did not work');
  });

  it('names a system only where it is known', () => {
    expect(pairSub('darwin', 'joined')).toBe('macOS, has joined');
    expect(pairSub('beos', 'approved')).toBe('approved it');
  });
});

it('takes words as a person types them', () => {
  expect(typedWords(' Harbour\nviolin  maple ')).toEqual(['harbour', 'violin', 'maple']);
  expect(typedWords(' ')).toEqual([]);
});
