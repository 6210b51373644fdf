import { FAILURES, failure, type FailureCode } from '@endymail/shared/result';
import { describe, expect, it } from 'vitest';
import { closedWords } from './closed.ts';

const codes = Object.keys(FAILURES) as FailureCode[];

describe('where the data can not be opened', () => {
  it.each(codes)('says for %s what is so and offers a way on', (code) => {
    const { title, lead, way } = closedWords(failure(code), 'os');
    expect(title).toMatch(/^[A-Z]/);
    expect(lead).toMatch(/^[A-Z].*[.]$/s);
    expect(way).not.toBe('');
    expect(`${title} ${lead}`).not.toMatch(/--[a-z]|\bendymail [a-z]/);
  });

  it('offers a passphrase in the place of a keychain only where there is no data in one', () => {
    expect(closedWords(failure('keychain-missing'), null).way).toBe('choose-passphrase');
    expect(closedWords(failure('keychain-missing'), 'os').way).toBe('again');
  });

  it('names who is at work', () => {
    expect(closedWords(failure('home-busy', 'The command line is at work.'), 'os')).toMatchObject({
      lead: 'The command line is at work.',
      way: 'wait',
    });
  });

  it('offers a backup where the key or the data is lost, and never to write over them', () => {
    for (const code of ['keychain-key-gone', 'home-damaged'] as const) {
      expect(closedWords(failure(code), 'os').way).toBe('restore');
    }
    expect(closedWords(failure('home-newer'), 'os').way).toBe('quit');
  });
});
